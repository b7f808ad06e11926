import Handlebars from 'handlebars';

/**
 * Postmark's template language, called Mustachio (github.com/ActiveCampaign/mustachio): `{{name}}`, `{{{raw}}}`, dotted
 * paths, `{{../outer}}`, `{{.}}`, `{{#each list}}…{{/each}}`, `{{#part}}…{{/part}}`, `{{^part}}…{{/part}}`. Handlebars
 * reads it; it is checked and rendered here, because Mustachio has no helpers, a section never repeats, and a name is
 * looked up in the present scope only.
 */

/** As Postmark lists it (postmarkapp.com/developer/api/templates-api, "Validate a template"). */
export interface TemplateProblem {
	Message: string;
	/** Both count from 1. */
	Line: number;
	CharacterPosition: number;
}

export type Model = Record<string, unknown>;

/** What was read of one part of a template: its tree, or what is wrong with it. */
export interface Parsed {
	program?: hbs.AST.Program;
	problems: TemplateProblem[];
}

/** The wording of the problems is the sandbox's own; the public pages only show one. */
export function parseTemplate(source: string): Parsed {
	let program: hbs.AST.Program;
	try {
		program = Handlebars.parseWithoutProcessing(source);
	} catch (error) {
		return { problems: [syntaxProblem(error, source)] };
	}
	const problems: TemplateProblem[] = [];
	check(program, problems);
	return problems.length > 0 ? { problems } : { program, problems };
}

/** Handlebars tells where only in words, or by `lineNumber` and `column`. */
function syntaxProblem(error: unknown, source: string): TemplateProblem {
	const { message, lineNumber, column } = error as Error & { lineNumber?: number; column?: number };
	const line = lineNumber ?? Number(/line (\d+)/.exec(message)?.[1] ?? 1);
	const at = (source.split('\n')[line - 1] ?? '').lastIndexOf('{{');
	const mismatch = /^(.+?) doesn't match (.+?)(?: - |$)/.exec(message);
	return {
		Message: mismatch
			? `The block '${mismatch[1]}' is closed by '${mismatch[2]}'.`
			: /got 'EOF'/.test(message)
				? 'A block is not closed, or a tag is not complete.'
				: 'The syntax of this template is invalid.',
		Line: line,
		CharacterPosition: column === undefined ? Math.max(at, 0) + 1 : column + 1,
	};
}

function check(program: hbs.AST.Program | undefined, problems: TemplateProblem[]): void {
	const bad = (node: hbs.AST.Node, message: string) =>
		problems.push({
			Message: message,
			Line: node.loc.start.line,
			CharacterPosition: node.loc.start.column + 1,
		});
	for (const node of program?.body ?? []) {
		if (isContent(node) || node.type === 'CommentStatement') continue;
		if (isMustache(node)) {
			if (!isPath(node.path) || node.params.length > 0 || node.hash) {
				bad(node, 'The path is not valid: only names, dots and ../ may stand between the braces.');
			}
		} else if (isBlock(node)) {
			const each = isEach(node);
			if (!isPath(node.path) || node.hash || node.params.length > (each ? 1 : 0)) {
				bad(node, `The path of the block '${textOf(node.path)}' is not valid.`);
			} else if (each && !isPath(node.params[0])) {
				bad(node, "The 'each' block needs a path to a list: {{#each list}}.");
			}
			const { chained } = (node.inverse ?? {}) as { chained?: boolean };
			if (chained || (node.inverse && node.program?.body.length))
				bad(node, "There is no 'else' in this language.");
			check(node.program, problems);
			check(node.inverse, problems);
		} else {
			bad(node, 'Partials and other extensions are not part of this language.');
		}
	}
}

interface Scope {
	value: unknown;
	outer?: Scope;
}

/**
 * @param escaped whether `{{name}}` is made safe for HTML: in HtmlBody it is, in a subject or text it is not.
 * @param content stands at `{{{@content}}}` of a layout.
 */
export function renderTemplate(
	program: hbs.AST.Program,
	model: unknown,
	escaped: boolean,
	content = '',
): string {
	const body = (part: hbs.AST.Program | undefined, scope: Scope): string =>
		(part?.body ?? []).map((node) => one(node, scope)).join('');
	const one = (node: hbs.AST.Statement, scope: Scope): string => {
		if (isContent(node)) return node.value;
		if (isMustache(node) && isPath(node.path)) {
			if (isPlaceholder(node.path)) return content;
			const text = asText(valueAt(node.path, scope).value);
			return escaped && node.escaped ? Handlebars.escapeExpression(text) : text;
		}
		if (!isBlock(node)) return '';
		if (isEach(node)) {
			const list = valueAt(node.params[0] as hbs.AST.PathExpression, scope);
			const items = Array.isArray(list.value) ? list.value : [];
			return items.map((value: unknown) => body(node.program, { value, outer: scope })).join('');
		}
		const inner = valueAt(node.path, scope);
		return exists(inner.value) ? body(node.program, inner) : body(node.inverse, scope);
	};
	return body(program, { value: model });
}

/**
 * An example model with every name the template uses, as Postmark suggests it: `{ name: 'name_Value' }`. What is given
 * already stays.
 */
export function suggestModel(programs: hbs.AST.Program[], given: Model = {}): Model {
	const model: Model = {};
	for (const program of programs) suggest(program, [model]);
	return merge(tidy(model), given);
}

function suggest(program: hbs.AST.Program | undefined, scopes: Model[]): void {
	for (const node of program?.body ?? []) {
		if (isMustache(node) && isPath(node.path) && !isPlaceholder(node.path)) {
			put(node.path, scopes, (name) => `${name}_Value`);
		} else if (isBlock(node)) {
			const path = (isEach(node) ? node.params[0] : node.path) as hbs.AST.PathExpression;
			const made = put(path, scopes, () => (isEach(node) ? [{}] : {}));
			const inner: unknown = Array.isArray(made) ? (made[0] as unknown) : made;
			suggest(node.program, isModel(inner) ? [...scopes, inner] : scopes);
			suggest(node.inverse, scopes);
		}
	}
}

/** Puts a value at the path, unless one is there that says as much; answers what is there in the end. */
function put(path: hbs.AST.PathExpression, scopes: Model[], fresh: (name: string) => unknown): unknown {
	let at = scopes[Math.max(0, scopes.length - 1 - path.depth)] ?? {};
	const names = path.parts.map(String);
	const last = names.pop();
	if (last === undefined) return at;
	for (const name of names) {
		if (!isModel(own(at, name))) at[name] = {};
		at = at[name] as Model;
	}
	const made = fresh(last);
	const present = own(at, last);
	if (present === undefined || (typeof made === 'object' && typeof present === 'string')) at[last] = made;
	return at[last];
}

/** A section or list nothing is read from is used by itself: it becomes a plain value. */
function tidy(model: Model): Model {
	for (const [name, value] of Object.entries(model)) {
		const inner: unknown = Array.isArray(value) ? (value[0] as unknown) : value;
		if (!isModel(inner)) continue;
		if (Object.keys(tidy(inner)).length > 0) continue;
		model[name] = Array.isArray(value) ? [`${name}_Value`] : `${name}_Value`;
	}
	return model;
}

function merge(suggested: Model, given: Model): Model {
	const merged: Model = { ...suggested };
	for (const [name, value] of Object.entries(given)) {
		const present = own(suggested, name);
		merged[name] = isModel(value) && isModel(present) ? merge(present, value) : value;
	}
	return merged;
}

function valueAt(path: hbs.AST.PathExpression, scope: Scope): Scope {
	let from = scope;
	for (let step = 0; step < path.depth; step += 1) from = from.outer ?? { value: undefined };
	let found = from;
	for (const name of path.parts) found = { value: own(found.value, String(name)), outer: from };
	return found === from ? from : { value: found.value, outer: from };
}

/** Only what a model really holds: `constructor` and the like are not names of it. */
function own(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Model)[name]
		: undefined;
}

function exists(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function asText(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isModel(value: unknown): value is Model {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{{{@content}}}`: where a layout takes in the template. */
export function isPlaceholder(path: hbs.AST.PathExpression): boolean {
	return path.data && path.parts.join('.') === 'content';
}

/** How often `{{{@content}}}` stands in a layout. */
export function placeholdersIn(program: hbs.AST.Program): number {
	return program.body.reduce((sum, node) => {
		if (isMustache(node)) return sum + (isPath(node.path) && isPlaceholder(node.path) ? 1 : 0);
		if (!isBlock(node)) return sum;
		return sum + [node.program, node.inverse].reduce((n, part) => n + (part ? placeholdersIn(part) : 0), 0);
	}, 0);
}

function textOf(path: hbs.AST.Node): string {
	return isPath(path) ? path.original : '';
}
const isContent = (node: hbs.AST.Node): node is hbs.AST.ContentStatement => node.type === 'ContentStatement';
const isMustache = (node: hbs.AST.Node): node is hbs.AST.MustacheStatement =>
	node.type === 'MustacheStatement';
const isBlock = (node: hbs.AST.Node): node is hbs.AST.BlockStatement => node.type === 'BlockStatement';
const isPath = (node: hbs.AST.Node | undefined): node is hbs.AST.PathExpression =>
	node?.type === 'PathExpression';
const isEach = (node: hbs.AST.BlockStatement): boolean => textOf(node.path) === 'each';
