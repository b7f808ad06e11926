import { AccountClient, ServerClient } from 'postmark';
import { TemplateTypes } from 'postmark/dist/client/models';
import { type Sandbox, startSandbox } from '../../sandbox';
import { postmarkCall } from './client';

let sandbox: Sandbox;
let client: ServerClient;
let account: AccountClient;
beforeAll(async () => {
	sandbox = await startSandbox();
	const options = { requestHost: sandbox.postmark.url.replace('http://', ''), useHttps: false };
	client = new ServerClient(sandbox.postmark.serverToken, options);
	account = new AccountClient(sandbox.postmark.accountToken, options);
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());
afterEach(() => expect(sandbox.postmark.unknownFields).toEqual([]));

const welcome = {
	Name: 'Welcome',
	Alias: 'welcome',
	Subject: 'Hello {{name}} & co',
	HtmlBody: '<p>{{name}}</p>{{{note}}}<ul>{{#each items}}<li>{{title}} for {{../../name}}</li>{{/each}}</ul>',
	TextBody: '{{name}}{{#company}} at {{name}}, {{address.city}}{{/company}}{{^company}} alone{{/company}}',
};
const layout = {
	Name: 'Frame',
	Alias: 'frame',
	TemplateType: TemplateTypes.Layout,
	HtmlBody: '<html>{{{@content}}}<footer>{{year}}</footer></html>',
	TextBody: '{{{@content}}}\n-- {{year}}',
};
const message = (more: object = {}) => ({
	From: 'HR <hr@example.com>',
	To: 'anna@example.org',
	TemplateAlias: 'welcome',
	TemplateModel: { name: 'A & B', note: '<b>hi</b>', items: [{ title: 'x' }, { title: '<y>' }] },
	...more,
});
const last = () => sandbox.postmark.messages.at(-1);

describe('templates', () => {
	test('create, list, get, update and delete', async () => {
		const made = await client.createTemplate(welcome);
		expect(made).toMatchObject({ Name: 'Welcome', Alias: 'welcome', Active: true, TemplateType: 'Standard' });
		await client.createTemplate(layout);
		expect((await client.getTemplates()).TotalCount).toBe(2);
		const layouts = await client.getTemplates({ templateType: TemplateTypes.Layout });
		expect(layouts.Templates.map(({ Alias }) => Alias)).toEqual(['frame']);
		await client.editTemplate(made.TemplateId, { Subject: 'Hi', Alias: 'hello', LayoutTemplate: 'frame' });
		expect(await client.getTemplate('hello')).toMatchObject({
			TemplateId: made.TemplateId,
			Name: 'Welcome',
			Subject: 'Hi',
			LayoutTemplate: 'frame',
			AssociatedServerId: 1001,
		});
		await expect(client.getTemplate('welcome')).rejects.toMatchObject({ code: 1101 });
		await expect(client.deleteTemplate('frame')).rejects.toMatchObject({ code: 1130 });
		await client.editTemplate('frame', { Alias: 'frame2' });
		expect(await client.getTemplate('hello')).toMatchObject({ LayoutTemplate: 'frame2' });
		expect(await client.deleteTemplate('hello')).toMatchObject({ ErrorCode: 0 });
		expect((await client.getTemplates()).TotalCount).toBe(1);
	});

	test.each<[string, object, number, string]>([
		['nothing', {}, 1109, 'No template data'],
		['no name', { ...welcome, Name: '' }, 1120, 'Name'],
		['no subject', { ...welcome, Subject: '' }, 1120, 'Subject'],
		['no body', { Name: 'a', Subject: 'b' }, 1120, 'HtmlBody'],
		['a long name', { ...welcome, Name: 'x'.repeat(256) }, 1121, 'Name'],
		['a bad alias', { ...welcome, Alias: '1x' }, 1122, 'Alias'],
		['a taken alias', { ...welcome, Alias: 'frame' }, 1122, 'taken'],
		['a block left open', { ...welcome, TextBody: 'a\n{{#each items}}' }, 1122, 'TextBody'],
		['a helper', { ...welcome, HtmlBody: '{{#if x}}a{{/if}}' }, 1122, 'HtmlBody'],
		['an unknown layout', { ...welcome, LayoutTemplate: 'nope' }, 1122, 'nope'],
		['a placeholder in a template', { ...welcome, TextBody: '{{{@content}}}' }, 1122, '@content'],
		['a layout with a subject', { ...layout, Alias: 'b', Subject: 'x' }, 1123, 'Subject'],
		['a layout without a place', { ...layout, Alias: 'b', HtmlBody: '<html></html>' }, 1131, 'HtmlBody'],
		[
			'a layout with two places',
			{ ...layout, Alias: 'b', TextBody: '{{{@content}}}{{{@content}}}' },
			1131,
			'TextBody',
		],
		['a number for a name', { ...welcome, Name: 7 }, 403, 'Name'],
	])('refused: %s', async (_what, body, code, words) => {
		await client.createTemplate(layout);
		const answer = await postmarkCall(sandbox, 'POST', '/templates', body);
		expect(answer.body).toEqual({ ErrorCode: code, Message: expect.stringContaining(words) });
		expect(answer.status).toBe(422);
		expect((await client.getTemplates()).TotalCount).toBe(1);
	});

	test('a server has at most 100, and a type cannot be changed', async () => {
		for (let n = 0; n < 100; n += 1) await client.createTemplate({ ...welcome, Alias: `t${n}` });
		await expect(client.createTemplate({ ...welcome, Alias: 'more' })).rejects.toMatchObject({ code: 1105 });
		const change = client.editTemplate('t1', { TemplateType: TemplateTypes.Layout });
		await expect(change).rejects.toMatchObject({ code: 1125 });
	});

	test('validate names the problem in each part and suggests a model', async () => {
		const good = await client.validateTemplate({
			Subject: '{{#company}}{{name}}{{/company}} {{headline}}',
			HtmlBody: '{{#each person}}{{name}} {{/each}}{{#each tags}}{{.}}{{/each}}',
			TestRenderModel: { headline: 'News', company: { street: 'Long' } },
		});
		expect(good).toMatchObject({
			AllContentIsValid: true,
			TextBody: null,
			Subject: { ContentIsValid: true, ValidationErrors: [], RenderedContent: 'name_Value News' },
			HtmlBody: { RenderedContent: 'name_Value tags_Value' },
		});
		expect(good.SuggestedTemplateModel).toEqual({
			company: { name: 'name_Value', street: 'Long' },
			headline: 'News',
			person: [{ name: 'name_Value' }],
			tags: ['tags_Value'],
		});
		const bad = await client.validateTemplate({ Subject: 'ok', TextBody: 'one\n  {{#each a}}' });
		expect(bad).toMatchObject({
			AllContentIsValid: false,
			Subject: { ContentIsValid: true },
			TextBody: {
				ContentIsValid: false,
				ValidationErrors: [{ Line: 2, CharacterPosition: 3, Message: expect.any(String) }],
				RenderedContent: null,
			},
		});
		await client.createTemplate(layout);
		const framed = await client.validateTemplate({ TextBody: '{{a}}', LayoutTemplate: 'frame' });
		expect(framed.TextBody.RenderedContent).toBe('a_Value\n-- year_Value');
	});
});

describe('sending with a template', () => {
	test('is rendered: escaped in HTML, as it is in subject and text, inside its layout', async () => {
		await client.createTemplate(layout);
		const { TemplateId } = await client.createTemplate({ ...welcome, LayoutTemplate: 'frame' });
		const sent = await client.sendEmailWithTemplate(message());
		expect(sent).toMatchObject({ To: 'anna@example.org', ErrorCode: 0, Message: 'OK' });
		expect(last()).toMatchObject({
			id: sent.MessageID,
			template: { id: TemplateId, alias: 'welcome' },
			subject: 'Hello A & B & co',
			html: '<html><p>A &amp; B</p><b>hi</b><ul><li>x for A &amp; B</li><li>&lt;y&gt; for A &amp; B</li></ul><footer></footer></html>',
			text: 'A & B alone\n-- ',
		});
		const company = { name: '云禾', address: { city: '杭州' } };
		await client.sendEmailWithTemplate(
			message({ TemplateAlias: undefined, TemplateId, TemplateModel: { name: 'Li', company, year: 2025 } }),
		);
		expect(last()?.text).toBe('Li at 云禾, 杭州\n-- 2025');
	});

	test('a template without HTML gives a message without', async () => {
		await client.createTemplate({ Name: 'Plain', Alias: 'welcome', Subject: 'x', TextBody: '{{name}}' });
		await client.sendEmailWithTemplate(message());
		expect(last()).toMatchObject({ text: 'A & B' });
		expect(last()?.html).toBeUndefined();
	});

	test('a batch has an answer for each message', async () => {
		await client.createTemplate(welcome);
		await client.createTemplate(layout);
		const answers = await client.sendEmailBatchWithTemplates([
			message(),
			message({ TemplateAlias: 'nope' }),
			message({ TemplateModel: undefined }),
			message({ TemplateAlias: 'frame' }),
			message({ To: 'bad@x' }),
			message({ TemplateAlias: undefined }),
			message({ Subject: 'Own' }),
			message({ To: 'b@example.org' }),
		]);
		expect(answers.map(({ ErrorCode }) => ErrorCode)).toEqual([0, 1101, 403, 1101, 300, 403, 1123, 0]);
		expect(sandbox.postmark.messages).toHaveLength(2);
		await expect(client.sendEmailWithTemplate(message({ TemplateAlias: 'no' }))).rejects.toMatchObject({
			code: 1101,
		});
	});

	test('500 at most, as Messages, and a fault on some of them', async () => {
		await client.createTemplate(welcome);
		const many = Array.from({ length: 501 }, () => message());
		await expect(client.sendEmailBatchWithTemplates(many)).rejects.toMatchObject({ code: 410 });
		expect(
			(await postmarkCall(sandbox, 'POST', '/email/batchWithTemplates', many.slice(1))).body.ErrorCode,
		).toBe(402);
		sandbox.faults.add({ service: 'postmark', kind: 'partial', indexes: [1], errorCode: 406 });
		const answers = await client.sendEmailBatchWithTemplates(many.slice(498));
		expect(answers.map(({ ErrorCode }) => ErrorCode)).toEqual([0, 406, 0]);
	});

	test('the test token has no server, so no templates: 1101, in a batch too', async () => {
		const options = { requestHost: sandbox.postmark.url.replace('http://', ''), useHttps: false };
		const test = new ServerClient('POSTMARK_API_TEST', options);
		await expect(test.sendEmailWithTemplate(message())).rejects.toMatchObject({
			statusCode: 422,
			code: 1101,
		});
		const answers = await test.sendEmailBatchWithTemplates([message(), message()]);
		expect(answers.map(({ ErrorCode }) => ErrorCode)).toEqual([1101, 1101]);
		expect(sandbox.postmark.messages).toHaveLength(0);
	});
});

test('push: tells first, does it when asked, and edits what is there', async () => {
	const staging = sandbox.postmark.servers[1]?.templates;
	await client.createTemplate(welcome);
	await client.createTemplate(layout);
	await client.editTemplate('welcome', { LayoutTemplate: 'frame' });
	const push = async (PerformChanges: boolean) =>
		await account.pushTemplates({ SourceServerID: 1001, DestinationServerID: 1002, PerformChanges });
	const plan = await push(false);
	expect(plan.Templates.map(({ Action, Alias }) => [Action, Alias])).toEqual([
		['Create', 'frame'],
		['Create', 'welcome'],
	]);
	expect(staging?.size).toBe(0);
	expect((await push(true)).TotalCount).toBe(2);
	expect(staging?.find('welcome')).toMatchObject({ AssociatedServerId: 1002, LayoutTemplate: 'frame' });
	expect((await push(true)).TotalCount).toBe(0);
	await client.editTemplate('welcome', { Subject: 'New' });
	expect((await push(true)).Templates).toMatchObject([{ Action: 'Edit', Alias: 'welcome' }]);
	expect(staging?.find('welcome')?.Subject).toBe('New');
});
