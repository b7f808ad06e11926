import type { FormatCallback } from 'html-to-text';

type Converter = (html: string) => string;

let converter: Converter | undefined;

/** What stands by itself on the page, and that the library would run together with its neighbours. */
const BLOCKS = ['address', 'caption', 'center', 'dd', 'details', 'dialog', 'dl', 'dt', 'fieldset'].concat([
	'figcaption',
	'figure',
	'hgroup',
	'legend',
	'option',
	'search',
	'summary',
	'tr',
]);
/** What stands beside its neighbours. */
const CELLS = ['td', 'th', 'button'];
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const UNSEEN = ['img', 'title', 'template'];

/** White space that the library makes one with what is there already, and drops at the ends of a line. */
const cell: FormatCallback = (element, walk, builder) => {
	builder.addInline(' ');
	walk(element.children, builder);
	builder.addInline(' ');
};

/** Takes n8n 30 ms and a megabyte to load: only where an email has HTML and no text of its own. */
const loadConverter = (): Converter =>
	(require('html-to-text') as typeof import('html-to-text')).compile({
		wordwrap: false,
		formatters: { cell },
		selectors: [
			{ selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
			{ selector: 'menu', format: 'unorderedList' },
			...UNSEEN.map((selector) => ({ selector, format: 'skip' })),
			...CELLS.map((selector) => ({ selector, format: 'cell' })),
			...BLOCKS.map((selector) => ({
				selector,
				format: 'block',
				options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
			})),
			// Capitals would change codes and links.
			...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
		],
	});

let last: { html: string; text: string } | undefined;

/** The plain-text version of an HTML body, for readers that show no HTML. The same body is converted once in a row. */
export function textOf(html: string): string {
	if (last?.html !== html) last = { html, text: converted(html).replace(/^\n+/, '').trimEnd() };
	return last.text;
}

/** What is too deep for the converter is converted without its structure, and at last without its links. */
function converted(html: string): string {
	if (hasEndlessWord(html)) return withoutTags(html);
	converter ??= loadConverter();
	for (const prepare of [asItIs, withoutStructure, withoutElements]) {
		const prepared = prepare(html);
		if (isDeep(prepared)) continue;
		try {
			return converter(prepared);
		} catch (error) {
			if ((error as Error).name !== 'RangeError') throw error;
		}
	}
	return withoutTags(html);
}

const withoutTags = (html: string): string => html.replace(/<[^<>]*>/g, ' ').trimStart();

/** No word of any language: a file that was put where text belongs. */
const ENDLESS = 100_000;
const [LESS, MORE, SPACE] = [60, 62, 32];

/**
 * Whether a word is so long that the library's expressions run out of the stack over it, sooner or later. What stands in a
 * tag is no word: a picture may be written there.
 */
function hasEndlessWord(html: string): boolean {
	let letters = 0;
	let isTag = false;
	for (let at = 0; at < html.length; at++) {
		const code = html.charCodeAt(at);
		if (code === LESS || code === MORE) isTag = code === LESS;
		letters = isTag || code === MORE || code <= SPACE ? 0 : letters + 1;
		if (letters === ENDLESS) return true;
	}
	return false;
}

// None goes on over the start of another tag: a body of a million `<` would be looked through a million times.
const STRUCTURE = /<\/?(?!(?:a|script|style|title)[\s/>])[a-z][^<>]*>/gi;
const ELEMENTS = /<\/?(?!(?:script|style|title)[\s/>])[a-z][^<>]*>/gi;
/** Tags of elements that may hold themselves: the others have no end, or end where the next one begins. */
const NESTING =
	/<(\/?)(?!(?:area|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|source|td|th|tr|wbr)[\s/>])[a-z]/gi;

/** Far more than any email has, and less than what the library and the call stack can take. */
const MAX_DEPTH = 500;

/** The library's parser takes time with the square of the depth: hours for a body of some megabytes. */
function isDeep(html: string): boolean {
	let depth = 0;
	for (const [, end] of html.matchAll(NESTING)) {
		depth = Math.max(0, depth + (end === '/' ? -1 : 1));
		if (depth > MAX_DEPTH) return true;
	}
	return false;
}

const asItIs = (html: string): string => html;
const withoutStructure = (html: string): string => spaced(html.replace(STRUCTURE, '<br>'));
const withoutElements = (html: string): string => spaced(html.replace(ELEMENTS, '<br>'));
const spaced = (html: string): string => html.replace(/(?:<br>\s*){3,}/g, '<br><br>');
