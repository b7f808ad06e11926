type Converter = (html: string) => string;

let converter: Converter | undefined;

/** Takes n8n 30 ms and a megabyte to load: only where an email has HTML and no text of its own. */
const loadConverter = (): Converter =>
	(require('html-to-text') as typeof import('html-to-text')).compile({
		wordwrap: false,
		selectors: [
			{ selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
			{ selector: 'img', format: 'skip' },
		],
	});

let last: { html: string; text: string } | undefined;

/** The plain-text version of an HTML body, for readers that show no HTML. The same body is converted once in a row. */
export function textOf(html: string): string {
	if (last?.html !== html) last = { html, text: converted(html) };
	return last.text;
}

/** What is too long or too deep for the converter loses its tags, and nothing else. */
function converted(html: string): string {
	converter ??= loadConverter();
	try {
		return converter(html);
	} catch (error) {
		if ((error as Error).name !== 'RangeError') throw error;
		return html.replace(/<[^>]*>/g, ' ').trim();
	}
}
