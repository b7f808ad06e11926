import type { FastifyRequest } from 'fastify';
import { readBody } from './body';
import { PostmarkError } from './errors';
import { parseTemplate, placeholdersIn } from './mustachio';
import { readPage } from './paging';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import type { PostmarkState } from './state';
import { PARTS, type Template } from './templateStore';

const MAX_TEMPLATES = 100;
const ALIAS = /^[A-Za-z][A-Za-z0-9._-]*$/;
/** The service tells no sizes; these are the sandbox's own. */
const SIZES = { Name: 255, Alias: 255, Subject: 2000, HtmlBody: 1024 * 1024, TextBody: 1024 * 1024 };

const FIELDS = {
	Name: 'string',
	Alias: 'string',
	Subject: 'string',
	HtmlBody: 'string',
	TextBody: 'string',
	TemplateType: 'string',
	LayoutTemplate: 'string',
} as const;
type Fields = Partial<Record<keyof typeof FIELDS, string>>;
type WithId = { Params: { id: string } };

/** `/templates`: list, create, get, update, delete (postmarkapp.com/developer/api/templates-api). */
export const templates: Resource = ({ app, state, server }) => {
	app.get('/templates', async (request) => {
		const of = server(request);
		const { count, offset, filters } = readPage(request, state, ['templatetype', 'layouttemplate'], 1100);
		const type = filters.templatetype?.toLowerCase() ?? 'all';
		if (!['all', 'standard', 'layout'].includes(type)) {
			throw new PostmarkError(
				1100,
				`'TemplateType' must be All, Standard or Layout, not '${filters.templatetype}'.`,
			);
		}
		const found = of.templates.all.filter(
			({ TemplateType, LayoutTemplate }) =>
				(type === 'all' || TemplateType.toLowerCase() === type) &&
				(filters.layouttemplate === undefined || LayoutTemplate === filters.layouttemplate),
		);
		return { TotalCount: found.length, Templates: found.slice(offset, offset + count).map(brief) };
	});

	app.post('/templates', async (request) => {
		const of = server(request);
		const given = read(request, state);
		if (of.templates.size >= MAX_TEMPLATES) {
			throw new PostmarkError(1105, `A server can have at most ${MAX_TEMPLATES} templates.`);
		}
		return brief(save(of.templates.blank(state.newId(), of.id), given, of));
	});

	app.get<WithId>('/templates/:id', async (request) => find(server(request), request.params.id));

	app.put<WithId>('/templates/:id', async (request) => {
		const of = server(request);
		const old = find(of, request.params.id);
		const given = read(request, state);
		if (given.TemplateType !== undefined && given.TemplateType !== old.TemplateType) {
			throw new PostmarkError(1125, `The type of a template cannot be changed: it is '${old.TemplateType}'.`);
		}
		const users = of.templates.usersOf(old);
		const saved = save(old, given, of);
		// Templates name their layout by its alias, so they follow when it changes.
		for (const user of users) of.templates.put({ ...user, LayoutTemplate: saved.Alias });
		return brief(saved);
	});

	app.delete<WithId>('/templates/:id', async (request) => {
		const of = server(request);
		const template = find(of, request.params.id);
		const users = of.templates.usersOf(template);
		if (users.length > 0) {
			throw new PostmarkError(
				1130,
				`The layout '${template.Alias}' cannot be deleted: ${users.length} template(s) use it.`,
			);
		}
		of.templates.remove(template.TemplateId);
		return { ErrorCode: 0, Message: `Template ${template.TemplateId} removed.` };
	});
};

function find(of: PostmarkServer, id: string): Template {
	const template = of.templates.find(id);
	if (template) return template;
	throw new PostmarkError(
		1101,
		`The 'TemplateId' or 'Alias' associated with this request is not valid or was not found: '${id}'.`,
	);
}

function read(request: FastifyRequest, state: PostmarkState): Fields {
	const given = readBody(request, state, FIELDS) as Fields;
	if (Object.keys(given).length === 0) throw new PostmarkError(1109, 'No template data was submitted.');
	return given;
}

function brief({ TemplateId, Name, Active, Alias, TemplateType, LayoutTemplate }: Template) {
	return { TemplateId, Name, Active, Alias, TemplateType, LayoutTemplate };
}

/** Puts the given fields into the template, checks the outcome and stores it. An empty text empties the field. */
export function save(old: Template, given: Fields, of: PostmarkServer): Template {
	const { TemplateType: type = old.TemplateType } = given;
	if (type !== 'Standard' && type !== 'Layout') throw invalid('TemplateType', 'must be Standard or Layout.');
	const text = (name: Exclude<keyof Fields, 'TemplateType'>) =>
		given[name] === undefined ? old[name] : given[name] || null;
	// Templates name their layout by its alias, so one without gets one (postmark-php, tests/PostmarkClientTemplatesTest.php).
	const madeAlias = type === 'Layout' ? `layout-${old.TemplateId}` : null;
	const template: Template = {
		...old,
		Name: text('Name') ?? '',
		Alias: text('Alias') ?? madeAlias,
		Subject: text('Subject'),
		HtmlBody: text('HtmlBody'),
		TextBody: text('TextBody'),
		TemplateType: type,
		LayoutTemplate: text('LayoutTemplate'),
	};
	checkFields(template, of);
	checkParts(template);
	of.templates.put(template);
	return template;
}

function checkFields(template: Template, of: PostmarkServer): void {
	const { Name, Alias, Subject, HtmlBody, TextBody, TemplateType, LayoutTemplate } = template;
	for (const [field, limit] of Object.entries(SIZES)) {
		if ((template[field as keyof typeof SIZES]?.length ?? 0) > limit) {
			throw new PostmarkError(1121, `The field '${field}' is longer than ${limit} characters.`);
		}
	}
	if (!Name.trim()) throw missing('Name');
	if (!HtmlBody && !TextBody) throw missing('HtmlBody or TextBody');
	if (Alias && !ALIAS.test(Alias)) {
		throw invalid('Alias', "must start with a letter and have letters, digits, '.', '-' and '_' only.");
	}
	const twin = Alias ? of.templates.find(Alias) : undefined;
	if (twin && twin.TemplateId !== template.TemplateId)
		throw invalid('Alias', `is taken by template ${twin.TemplateId}.`);
	if (TemplateType === 'Layout') {
		// A layout has neither; which code that is refused with is not public.
		if (Subject) throw new PostmarkError(1123, "The field 'Subject' is not allowed in a layout.");
		if (LayoutTemplate)
			throw new PostmarkError(1123, "The field 'LayoutTemplate' is not allowed in a layout.");
		return;
	}
	if (!Subject) throw missing('Subject');
	if (LayoutTemplate && of.templates.find(LayoutTemplate)?.TemplateType !== 'Layout') {
		throw invalid('LayoutTemplate', `must be the alias of a layout of this server, not '${LayoutTemplate}'.`);
	}
}

function checkParts(template: Template): void {
	for (const name of PARTS) {
		const source = template[name];
		if (source === null) continue;
		const { program, problems } = parseTemplate(source);
		const [problem] = problems;
		if (problem) {
			const { Message, Line, CharacterPosition } = problem;
			throw invalid(name, `is not valid at line ${Line}, character ${CharacterPosition}: ${Message}`);
		}
		const places = program ? placeholdersIn(program) : 0;
		if (places !== (template.TemplateType === 'Layout' ? 1 : 0)) {
			throw template.TemplateType === 'Layout'
				? new PostmarkError(1131, noPlace(name))
				: invalid(name, 'must not have {{{@content}}}: that is for layouts.');
		}
	}
}

/** Begins as the real one does (github.com/ActiveCampaign/postmark.js, test/integration/Templates.test.ts). */
const noPlace = (part: string) =>
	`The layout content placeholder must be present exactly once in the ${part}: {{{@content}}}.`;
const missing = (field: string) => new PostmarkError(1120, `The field '${field}' is required.`);
const invalid = (field: string, why: string) => new PostmarkError(1122, `The field '${field}' ${why}`);
