import type { INodeType } from 'n8n-workflow';
import { Engine } from '../../../../scripts/engine';
import { NODE, nodeUnderTest, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { ERROR_OUTPUT, requestsSent } from '../email/sendForm';
import { byAlias, putTemplate, sendTemplateNode, templateNode } from './templates';

const sandbox = useSandbox();
const all = () => sandbox.current.postmark.servers[0]!.templates.all;

async function run(operation: string, form: Record<string, unknown> = {}) {
	const done = await runNode(templateNode(sandbox.current, operation, form));
	if (done.error) throw done.error;
	expect(sandbox.current.postmark.unknownFields).toEqual([]);
	return done.json(NODE);
}

async function refusal(operation: string, form: Record<string, unknown> = {}) {
	const done = await runNode(templateNode(sandbox.current, operation, form, ERROR_OUTPUT));
	return done.json(NODE, 1)[0] as { error: string; details: Record<string, unknown> };
}

describe('create', () => {
	const form = { name: 'Welcome email', subject: 'Welcome, {{name}}', html: '<p>{{name}}</p> ' };

	test('an email within a layout', async () => {
		putTemplate(sandbox.current, {
			Name: 'Frame',
			Alias: 'frame',
			Subject: null,
			TemplateType: 'Layout',
			HtmlBody: '<main>{{{@content}}}</main>',
		});
		const [json] = await run('create', { ...form, additionalFields: { alias: 'welcome', layout: 'frame' } });
		expect(json).toMatchObject({ TemplateId: expect.any(Number), Name: 'Welcome email', Alias: 'welcome' });
		expect(all()[1]).toMatchObject({
			Subject: 'Welcome, {{name}}',
			HtmlBody: '<p>{{name}}</p> ',
			TextBody: null,
			TemplateType: 'Standard',
			LayoutTemplate: 'frame',
		});
	});

	test('a layout, which has no subject', async () => {
		await run('create', { ...form, templateType: 'Layout', html: '<main>{{{@content}}}</main>' });
		expect(all()[0]).toMatchObject({ TemplateType: 'Layout', Subject: null });
	});

	test.each([
		['no name', { name: ' ' }, "'Name' is empty"],
		['no subject', { subject: '={{ $json.none }}' }, "'Subject' is empty"],
		['no words', { html: '' }, "'HTML Body' and 'Text Body' are both empty"],
		[
			'an alias that looks like an ID',
			{ additionalFields: { alias: '1234' } },
			"'Alias' is not an alias: “1234”",
		],
	])('%s is refused before anything is sent', async (_, changes, error) => {
		expect((await refusal('create', { ...form, ...changes })).error).toBe(error);
		expect(requestsSent(sandbox.current)).toBe(0);
	});

	test('words with a name that cannot be one are refused with the field at fault', async () => {
		const { error, details } = await refusal('create', { ...form, html: '<p>{{first-name}}</p>' });
		expect(error).toBe("Postmark refused a field of the template: 'HTML Body'");
		expect(details).toMatchObject({ code: '1122', said: expect.stringContaining('line 1') });
	});

	test('is not repeated when its fate is unknown', async () => {
		sandbox.current.faults.add({
			service: 'postmark',
			kind: 'resetAfter',
			method: 'POST',
			path: '/templates',
		});
		const { details } = await refusal('create', form);
		expect(details).toMatchObject({
			outcome: 'unknown',
			remedy: expect.stringContaining('Look at the Templates page'),
		});
		expect(all()).toHaveLength(1);
	});
});

describe('get, update, delete', () => {
	test('get, by alias and by ID', async () => {
		const { TemplateId } = putTemplate(sandbox.current);
		const [byName] = await run('get');
		expect(byName).toMatchObject({ TemplateId, Subject: 'Welcome, {{name}}' });
		expect(await run('get', { template: { __rl: true, mode: 'id', value: String(TemplateId) } })).toEqual([
			byName,
		]);
	});

	test('update changes what was added, clears what was left empty, and leaves the rest', async () => {
		putTemplate(sandbox.current, { TextBody: 'Hello' });
		await run('update', { updateFields: { name: 'Hello', html: '' } });
		expect(all()[0]).toMatchObject({
			Name: 'Hello',
			HtmlBody: null,
			TextBody: 'Hello',
			Subject: 'Welcome, {{name}}',
		});
	});

	test.each([
		['nothing to change', {}, "'Update Fields' names no field to change"],
		['an empty name', { name: '' }, "'Name' is empty"],
	])('update with %s is refused before anything is sent', async (_, updateFields, error) => {
		expect((await refusal('update', { updateFields })).error).toBe(error);
		expect(requestsSent(sandbox.current)).toBe(0);
	});

	test('delete', async () => {
		putTemplate(sandbox.current);
		expect(await run('delete')).toEqual([{ deleted: true }]);
		expect(all()).toEqual([]);
	});

	test.each(['get', 'delete', 'update'])('%s of a template that is not there', async (operation) => {
		const form = { template: byAlias('gone'), updateFields: { name: 'X' } };
		const { error, details } = await refusal(operation, form);
		expect(error).toBe('The server has no such template');
		expect(details).toMatchObject({ code: '1101', field: 'Template' });
	});

	test('an alias cannot reach another address', async () => {
		const { error } = await refusal('delete', { template: byAlias('..') });
		expect(error).toContain('is not an ID');
		expect(requestsSent(sandbox.current)).toBe(0);
	});
});

describe('get many', () => {
	beforeEach(() => {
		putTemplate(sandbox.current, {
			Name: 'Frame',
			Alias: 'frame',
			Subject: null,
			TemplateType: 'Layout',
			HtmlBody: '{{{@content}}}',
		});
		for (const no of [1, 2, 3])
			putTemplate(sandbox.current, {
				Name: `Email ${no}`,
				Alias: `email-${no}`,
				LayoutTemplate: no === 1 ? 'frame' : null,
			});
	});

	test.each([
		['all of them', { returnAll: true }, ['Frame', 'Email 1', 'Email 2', 'Email 3']],
		['up to a limit', { limit: 2 }, ['Frame', 'Email 1']],
		['only layouts', { filters: { templateType: 'Layout' } }, ['Frame']],
		['only emails', { filters: { templateType: 'Standard' } }, ['Email 1', 'Email 2', 'Email 3']],
		['only those with a layout', { filters: { layout: 'frame' } }, ['Email 1']],
	])('%s', async (_, form, names) => {
		expect((await run('getAll', form)).map(({ Name }) => Name)).toEqual(names);
	});
});

describe('validate', () => {
	test('a template on the server: what it asks for and what it looks like', async () => {
		putTemplate(sandbox.current);
		const [json] = await run('validate', { sample: '{ "name": "Ana" }' });
		expect(json).toMatchObject({
			valid: true,
			errors: [],
			subject: 'Welcome, Ana',
			html: expect.stringContaining('<b>Ana</b>'),
			text: null,
			suggestedModel: {
				name: expect.anything(),
				company: { city: expect.anything() },
				items: expect.any(Array),
			},
		});
	});

	test('words given here, with a mistake in each part: where it is', async () => {
		const [json] = await run('validate', {
			source: 'given',
			subject: 'Hi {{first-name}}',
			html: '<p>\n{{#each items}}</p>',
			text: 'Fine',
		});
		expect(json!.valid).toBe(false);
		expect(json!.errors).toEqual([
			expect.objectContaining({
				part: 'Subject',
				line: 1,
				text: expect.stringMatching(/^Subject, line 1, character \d+: ./),
			}),
			expect.objectContaining({ part: 'HTML Body', line: expect.any(Number), message: expect.any(String) }),
		]);
	});

	test('nothing to check', async () => {
		const { error } = await refusal('validate', { source: 'given' });
		expect(error).toContain('are all empty');
		expect(requestsSent(sandbox.current)).toBe(0);
	});
});

describe('in the editor', () => {
	function editor(parameters: Record<string, unknown> = {}) {
		const engine = new Engine();
		const spec = sendTemplateNode(sandbox.current, parameters);
		for (const [name, data] of Object.entries(spec.credentials)) engine.addCredential(name, data);
		const { methods } = engine.nodeType('n8n-nodes-mailops.postmark') as INodeType;
		const context = engine.editor(nodeUnderTest(spec));
		return { methods: methods!, context };
	}

	test('templates: by name and alias, sorted, found by a part; layouts only where they can be chosen', async () => {
		putTemplate(sandbox.current, { Name: 'Zoo', Alias: null });
		putTemplate(sandbox.current, { Name: 'Frame', Alias: 'frame', TemplateType: 'Layout' });
		putTemplate(sandbox.current);
		const { methods, context } = editor();
		const list = async (method: string, search?: string) =>
			(await methods.listSearch![method]!.call(context, search)).results;
		expect(await list('searchTemplates')).toEqual([
			{ name: 'Welcome email (welcome)', value: 'welcome' },
			{ name: 'Zoo', value: expect.stringMatching(/^\d+$/) },
		]);
		expect(await list('searchTemplates', 'ZO')).toHaveLength(1);
		expect((await list('searchTemplatesAndLayouts')).map(({ name }) => name)).toContain(
			'Frame (frame), layout',
		);
		expect(await methods.loadOptions!.getLayouts!.call(context)).toEqual([
			{ name: 'No Layout', value: '' },
			{ name: 'Frame', value: 'frame' },
		]);
	});

	test('the placeholders of the chosen template, those of its layout too', async () => {
		putTemplate(sandbox.current, {
			Name: 'Frame',
			Alias: 'frame',
			Subject: null,
			TemplateType: 'Layout',
			HtmlBody: '{{{@content}}}{{footer}}',
		});
		putTemplate(sandbox.current, { LayoutTemplate: 'frame' });
		const { methods, context } = editor();
		const { fields } = await methods.resourceMapping!.getTemplatePlaceholders!.call(context);
		expect(fields.map(({ id, type }) => [id, type]).sort()).toEqual([
			['company.city', 'string'],
			['footer', 'string'],
			['items', 'array'],
			['name', 'string'],
		]);
	});

	test.each([
		['no template chosen', { __rl: true, mode: 'list', value: '' }, 'Choose a template first.'],
		[
			'one from an expression',
			{ __rl: true, mode: 'alias', value: '={{ $json.x }}' },
			'comes from an expression',
		],
	])('%s: the form says what to do', async (_, template, words) => {
		const { methods, context } = editor({ template });
		const { fields, emptyFieldsNotice } =
			await methods.resourceMapping!.getTemplatePlaceholders!.call(context);
		expect([fields, emptyFieldsNotice]).toEqual([[], expect.stringContaining(words)]);
	});
});
