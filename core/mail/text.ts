import { compile } from 'html-to-text';

const convert = compile({
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
	try {
		return convert(html);
	} catch (error) {
		if ((error as Error).name !== 'RangeError') throw error;
		return html.replace(/<[^>]*>/g, ' ').trim();
	}
}
