import { readBody } from './body';
import { PostmarkError } from './errors';
import { type Model, parseTemplate, placeholdersIn, renderTemplate, suggestModel } from './mustachio';
import type { Resource } from './resource';
import { PARTS, type Part } from './templateStore';

const FIELDS = {
	Subject: 'string',
	HtmlBody: 'string',
	TextBody: 'string',
	TestRenderModel: 'object',
	TemplateType: 'string',
	LayoutTemplate: 'string',
	InlineCssForHtmlTestRender: 'boolean',
} as const;

/**
 * `POST /templates/validate`: each given part with its problems and a test rendering, and a model that would fill it
 * (postmarkapp.com/developer/api/templates-api). CSS is not put inline here.
 */
export const templateCheck: Resource = ({ app, state, server }) => {
	app.post('/templates/validate', async (request) => {
		const of = server(request);
		const given = readBody(request, state, FIELDS) as Partial<Record<Part, string>> & {
			TestRenderModel?: Model;
			TemplateType?: string;
			LayoutTemplate?: string;
		};
		if (PARTS.every((part) => given[part] === undefined)) {
			throw new PostmarkError(1120, "One of the fields 'Subject', 'HtmlBody' and 'TextBody' is required.");
		}
		const layout = given.LayoutTemplate ? of.templates.find(given.LayoutTemplate) : undefined;
		if (given.LayoutTemplate && layout?.TemplateType !== 'Layout') {
			throw new PostmarkError(1122, `There is no layout with the alias '${given.LayoutTemplate}'.`);
		}
		const isLayout = given.TemplateType?.toLowerCase() === 'layout';
		const parsed = PARTS.map((part) => ({ part, source: given[part], ...check(given[part], isLayout) }));
		const around = (part: Part) => (layout?.[part] ? parseTemplate(layout[part]).program : undefined);
		const programs = parsed.flatMap(({ part, program }) => [program ?? [], around(part) ?? []]);
		const model = suggestModel(programs, given.TestRenderModel);
		const results = parsed.map(({ part, source, program, problems }) => {
			if (source === undefined) return [part, null] as const;
			const valid = problems.length === 0;
			const drawn = valid && program ? renderTemplate(program, model, part === 'HtmlBody') : null;
			const frame = drawn === null ? undefined : around(part);
			const rendered = frame ? renderTemplate(frame, model, part === 'HtmlBody', drawn ?? '') : drawn;
			return [
				part,
				{ ContentIsValid: valid, ValidationErrors: problems, RenderedContent: rendered },
			] as const;
		});
		return {
			AllContentIsValid: parsed.every(({ problems }) => problems.length === 0),
			...Object.fromEntries(results),
			SuggestedTemplateModel: model,
		};
	});
};

function check(source: string | undefined, isLayout: boolean) {
	if (source === undefined) return { program: undefined, problems: [] };
	const { program, problems } = parseTemplate(source);
	if (isLayout && program && placeholdersIn(program) !== 1) {
		const Message = 'A layout must have {{{@content}}} exactly once.';
		return { program, problems: [{ Message, Line: 1, CharacterPosition: 1 }] };
	}
	return { program, problems };
}
