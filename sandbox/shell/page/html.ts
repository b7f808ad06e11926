/** Markup that is safe to put into a page as it is. */
export class Html {
	constructor(readonly markup: string) {}
}

type Part = Html | string | number | undefined | false | readonly Part[];

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

export function escape(text: string): string {
	return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** Template tag: everything put in is escaped, unless it is {@link Html} itself. Attribute values must be quoted. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
	return new Html(strings.reduce((markup, string, at) => markup + string + render(parts[at]), ''));
}

function render(part: Part): string {
	if (part === undefined || part === false) return '';
	if (part instanceof Html) return part.markup;
	if (typeof part === 'object') return part.map(render).join('');
	return escape(String(part));
}

export const number = (value: number): string => value.toLocaleString('en-US');

/** 512 B, 14 KB, 3.2 MB. */
export function bytes(value: number): string {
	if (value < 1024) return `${value} B`;
	if (value < 1024 * 1024) return `${Math.round(value / 1024)} KB`;
	return `${(value / 1024 / 1024).toFixed(1)} MB`;
}

/** `2025-01-31 09:05:07` in UTC. */
export function time(at: string | number): string {
	return new Date(at).toISOString().replace('T', ' ').slice(0, 19);
}
