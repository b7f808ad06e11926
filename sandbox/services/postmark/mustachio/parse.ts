/**
 * Postmark's template language, called Mustachio: `{{name}}`, `{{{raw}}}`, `{{&raw}}`, dotted paths, `{{../outer}}`, `{{.}}`,
 * `{{#each list}}…{{/each}}`, `{{#part}}…{{/part}}`, `{{^part}}…{{/part}}`, `{{! a comment }}`. The rules are those of its
 * published source and test cases (github.com/ActiveCampaign/mustachio, Mustachio/Tokenizer.cs and Mustachio.Tests);
 * there are no helpers and no `else`: `{{else}}` is a name like any other.
 */

/** As Postmark lists it (postmarkapp.com/developer/api/templates-api, "Validate a template"). */
export interface TemplateProblem {
	Message: string;
	/** Both count from 1. */
	Line: number;
	CharacterPosition: number;
}

export type TemplateNode =
	| { kind: 'text'; text: string }
	| { kind: 'value'; path: string; raw: boolean }
	| { kind: 'placeholder' }
	| Block;

interface Block {
	kind: 'each' | 'section' | 'inverted';
	path: string;
	body: TemplateNode[];
}

export type Program = readonly TemplateNode[];

/** What was read of one part of a template: its tree, or what is wrong with it. */
export interface Parsed {
	program?: Program;
	problems: TemplateProblem[];
}

const TAG = /\{\{[^{}]+?\}\}|\{\{\{[^{}]+?\}\}\}/g;
/** Where a layout takes in the template. */
const PLACEHOLDER = /^\{\{\{\s*@content\s*\}\}\}$/;
/** What no path has: three dots, other signs than letters, digits and `_`, a slash without dots, dots without a slash. */
const NO_PATH = /\.{3,}|[^\p{L}\p{M}\p{N}\p{Pc}./]|(?<!\.\.)\/|\.{2,}(?:$|[^/])/u;

export function parseTemplate(source: string): Parsed {
	const reader = new Reader(source);
	for (const tag of source.matchAll(TAG)) reader.read(tag[0], tag.index);
	return reader.end();
}

interface Open {
	block: Block;
	at: number;
}

class Reader {
	private readonly program: TemplateNode[] = [];
	private readonly open: Open[] = [];
	private readonly problems: Array<{ at: number; message: string }> = [];
	private done = 0;

	constructor(private readonly source: string) {}

	read(tag: string, at: number): void {
		this.text(at);
		this.done = at + tag.length;
		if (PLACEHOLDER.test(tag)) this.add({ kind: 'placeholder' });
		else if (tag.startsWith('{{#each')) this.openEach(tag, at);
		else if (tag.startsWith('{{/each')) this.closeEach(tag, at);
		else if (/^\{\{[#^]/.test(tag)) this.openSection(tag, at);
		else if (tag.startsWith('{{/')) this.closeSection(tag, at);
		else if (!tag.startsWith('{{!')) {
			const raw = /^\{\{[{&]/.test(tag);
			this.add({ kind: 'value', path: this.path(tag.replace(/^\{+&?|\}+$/g, ''), at), raw });
		}
	}

	end(): Parsed {
		this.text(this.source.length);
		for (const { block, at } of this.open) {
			this.bad(
				at,
				`A scope block to the following path was opened but not closed: '${block.path}', please close it using the appropriate syntax.`,
			);
		}
		const problems = this.problems.map(({ at, message }) => ({ Message: message, ...this.place(at) }));
		return problems.length > 0 ? { problems } : { program: this.program, problems };
	}

	private add(node: TemplateNode): void {
		(this.open.at(-1)?.block.body ?? this.program).push(node);
	}

	private text(until: number): void {
		if (until > this.done) this.add({ kind: 'text', text: this.source.slice(this.done, until) });
	}

	private bad(at: number, message: string): void {
		this.problems.push({ at, message });
	}

	private path(text: string, at: number): string {
		const path = text.trim();
		if (NO_PATH.test(path)) {
			this.bad(at, `The path '${path}' is not valid. Please see documentation for examples of valid paths.`);
		}
		return path;
	}

	private push(block: Block, at: number): void {
		this.add(block);
		this.open.push({ block, at });
	}

	private openEach(tag: string, at: number): void {
		const named = /^\{\{#each +([^{}]*\S)\s*\}\}$/.exec(tag);
		if (!named) {
			this.bad(
				at,
				"The 'each' block being opened requires a model path to be specified in the form '{{#each <name>}}'.",
			);
		}
		this.push({ kind: 'each', path: named ? this.path(named[1] ?? '', at) : '', body: [] }, at);
	}

	private closeEach(tag: string, at: number): void {
		if (tag !== '{{/each}}') this.bad(at, "The syntax to close the 'each' block should be: '{{/each}}'.");
		else if (this.open.at(-1)?.block.kind === 'each') this.open.pop();
		else {
			this.bad(
				at,
				"An 'each' block is being closed, but no corresponding opening element ('{{#each <name>}}') was detected.",
			);
		}
	}

	/** `{{#x}}…{{^x}}…{{/x}}`: a block of the same path as the one that is open takes its place. */
	private openSection(tag: string, at: number): void {
		const path = this.path(tag.slice(3, -2), at);
		const last = this.open.at(-1)?.block;
		if (last && last.kind !== 'each' && last.path === path) this.open.pop();
		this.push({ kind: tag[2] === '#' ? 'section' : 'inverted', path, body: [] }, at);
	}

	private closeSection(tag: string, at: number): void {
		const path = this.path(tag.slice(3, -2), at);
		const last = this.open.at(-1)?.block;
		if (last && last.kind !== 'each' && last.path === path) this.open.pop();
		else this.bad(at, 'It appears that open and closing elements are mismatched.');
	}

	private place(at: number): Pick<TemplateProblem, 'Line' | 'CharacterPosition'> {
		const before = this.source.slice(0, at).split('\n');
		return { Line: before.length, CharacterPosition: (before.at(-1) ?? '').length + 1 };
	}
}

/** The steps of a path: `../` goes out, a name goes in; `.` stays where it is. */
export function stepsOf(path: string): string[] {
	return path.match(/\.\.\/|[^.]+/g) ?? [];
}

/** How often `{{{@content}}}` stands in a layout. */
export function placeholdersIn(program: Program): number {
	return program.reduce(
		(sum, node) => sum + (node.kind === 'placeholder' ? 1 : 'body' in node ? placeholdersIn(node.body) : 0),
		0,
	);
}
