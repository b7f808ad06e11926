import { forgetClaims } from '../../../../core/batch/inFlight';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { ERROR_OUTPUT, file, requestsSent } from './sendForm';
import { byAlias, putTemplate, sendTemplateNode } from '../template/templates';

const sandbox = useSandbox();
beforeEach(() => {
	forgetClaims();
	putTemplate(sandbox.current);
});

const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ to: `p${i}@yunhe.example`, name: `Person ${i}` }));
const stored = () => sandbox.current.postmark.messages;
const batches = () =>
	sandbox.current.requests.count({ service: 'postmark', path: '/email/batchWithTemplates' });

/** Sends to one person, and gives what arrived. */
async function sendOne(form: Record<string, unknown>, json: Record<string, unknown> = {}, binary = {}) {
	const run = await runNode(sendTemplateNode(sandbox.current, form), [
		{ json: { to: 'ana@yunhe.example', ...json }, binary } as never,
	]);
	if (run.error) throw run.error;
	expect(sandbox.current.postmark.unknownFields).toEqual([]);
	return { message: stored()[0]!, json: run.json(NODE)[0]! };
}

async function refusal(form: Record<string, unknown>, json: Record<string, unknown> = {}) {
	const run = await runNode(sendTemplateNode(sandbox.current, form, ERROR_OUTPUT), [
		{ to: 'ana@yunhe.example', ...json },
	]);
	expect(run.items(NODE, 0)).toEqual([]);
	return run.json(NODE, 1)[0] as { error: string; details: Record<string, unknown> };
}

test('a thousand recipients, one of them bad: 999 are sent in two requests, and one is named', async () => {
	sandbox.current.postmark.bounce({ email: 'p612@yunhe.example' });
	const run = await runNode(sendTemplateNode(sandbox.current, {}, ERROR_OUTPUT), people(1_000));
	expect(run.items(NODE, 0)).toHaveLength(999);
	expect(run.items(NODE, 1)).toEqual([
		{
			json: {
				...people(1_000)[612],
				error: 'Postmark no longer delivers to p612@yunhe.example',
				details: expect.objectContaining({ item: 612, code: '406', field: 'To' }),
			},
			pairedItem: expect.objectContaining({ item: 612 }),
		},
	]);
	expect(stored()).toHaveLength(999);
	expect([batches(), requestsSent(sandbox.current)]).toEqual([2, 2]);
	for (const { MessageID, To } of run.json(NODE, 0).slice(0, 20))
		expect(sandbox.current.postmark.message(String(MessageID))?.to[0]?.Email).toBe(To);
	expect(stored()[7]).toMatchObject({ subject: 'Welcome, Person 7', template: { alias: 'welcome' } });
});

describe('the template', () => {
	test.each([
		['by alias', { mode: 'alias', value: 'welcome' }],
		['from the list', { mode: 'list', value: 'welcome' }],
		['by an expression', { mode: 'alias', value: '={{ $json.template }}' }],
	])('%s', async (_, locator) => {
		const { message } = await sendOne(
			{ template: { __rl: true, ...locator } },
			{ name: 'Ana', template: 'welcome' },
		);
		expect(message.subject).toBe('Welcome, Ana');
	});

	test('by ID', async () => {
		const { TemplateId } = putTemplate(sandbox.current, { Alias: null, Subject: 'By ID' });
		const { message } = await sendOne({ template: { __rl: true, mode: 'id', value: TemplateId } });
		expect(message.subject).toBe('By ID');
	});

	test('that is not there is named as the field at fault', async () => {
		const { error, details } = await refusal({ template: { __rl: true, mode: 'alias', value: 'gone' } });
		expect(error).toBe('The server has no such template');
		expect(details).toMatchObject({ code: '1101', field: 'Template', outcome: 'refused' });
	});

	test('that was not chosen: nothing is sent', async () => {
		const { error } = await refusal({ template: { __rl: true, mode: 'alias', value: '={{ $json.none }}' } });
		expect(error).toBe("'Template' is empty");
		expect(requestsSent(sandbox.current)).toBe(0);
	});
});

describe('the values', () => {
	test('from all fields of the item, also those within others', async () => {
		const { message } = await sendOne(
			{},
			{ name: 'Ana <3', company: { city: 'Hangzhou' }, items: [{ title: 'Tea' }, { title: 'Milk' }] },
		);
		expect(message.subject).toContain('Ana <3');
		expect(message.html).toContain('of Hangzhou');
		expect(message.html).toContain('<i>Tea</i><i>Milk</i>');
	});

	test('one by one: text, a place within another, and a list as JSON', async () => {
		const { message } = await sendOne(
			{
				valuesFrom: 'fields',
				values: {
					mappingMode: 'defineBelow',
					value: { name: '={{ $json.first }}', 'company.city': 'Hangzhou', items: '[{"title":"Tea"}]' },
					schema: ['name', 'company.city', 'items'].map((id) => ({
						id,
						displayName: id,
						required: false,
						defaultMatch: false,
						display: true,
						type: id === 'items' ? 'array' : 'string',
					})),
				},
			},
			{ first: 'Ana', name: 'not this one' },
		);
		expect(message.subject).toBe('Welcome, Ana');
		expect(message.html).toContain('of Hangzhou');
		expect(message.html).toContain('<i>Tea</i>');
	});

	test('one by one, with nothing filled in, the placeholders stay empty', async () => {
		const { message } = await sendOne({ valuesFrom: 'fields', values: { value: null } }, { name: 'Ana' });
		expect(message.subject.trim()).toBe('Welcome,');
	});

	test.each([
		[['company', 'company.name']],
		[['company.name', 'company']],
		[['company.owner.name', 'company.owner', 'company.city']],
		[['company.name.first', 'company']],
	])('%j together are refused in words', async (names) => {
		const value = Object.fromEntries(names.map((name) => [name, 'X']));
		const { error, details } = await refusal({ valuesFrom: 'fields', values: { value } });
		expect(error).toMatch(
			/^'Values' has a value for “company(.owner)?” and one for “company.[a-z.]+”: a placeholder is either a value or holds others$/,
		);
		expect(details).toMatchObject({
			field: 'Values',
			outcome: 'notSent',
			remedy: expect.stringContaining('Leave one of the two empty'),
		});
		expect(requestsSent(sandbox.current)).toBe(0);
	});

	test('one of the two that is left empty does not count', async () => {
		const { message } = await sendOne({
			valuesFrom: 'fields',
			values: { value: { company: null, 'company.city': 'Hangzhou', name: 'Ana' } },
		});
		expect(message.html).toContain('<b>Ana</b> of Hangzhou');
	});

	test('as JSON', async () => {
		const { message } = await sendOne({
			valuesFrom: 'json',
			valuesJson: '={{ { name: "Ana", company: { city: "Hangzhou" } } }}',
		});
		expect(message.html).toContain('<b>Ana</b> of Hangzhou');
	});

	test('that are no JSON are refused before anything is sent', async () => {
		const { error, details } = await refusal({ valuesFrom: 'json', valuesJson: '{ "name": ' });
		expect(error).toBe("'Values (JSON)' is not valid JSON");
		expect(details).toMatchObject({ field: 'Values (JSON)', outcome: 'notSent' });
		expect(requestsSent(sandbox.current)).toBe(0);
	});
});

test('the options of Send are there too', async () => {
	const { message } = await sendOne(
		{
			options: {
				attachments: 'data',
				cc: 'li.wei@yunhe.example',
				bcc: 'archive@yunhe.example',
				replyTo: 'help@yunhe.example',
				headers: { header: [{ name: 'X-Order', value: '4711' }] },
				inlineCss: false,
				messageStream: 'broadcast',
				metadata: { entry: [{ name: 'order', value: '4711' }] },
				tag: 'welcome',
				trackLinks: 'HtmlOnly',
				trackOpens: true,
			},
		},
		{ name: 'Ana' },
		{ data: file('%PDF', 'plan.pdf', 'application/pdf') },
	);
	expect(message).toMatchObject({
		cc: [{ Email: 'li.wei@yunhe.example' }],
		bcc: [{ Email: 'archive@yunhe.example' }],
		replyTo: 'help@yunhe.example',
		headers: [{ Name: 'X-Order', Value: '4711' }],
		stream: 'broadcast',
		metadata: { order: '4711' },
		tag: 'welcome',
		trackLinks: 'HtmlOnly',
		trackOpens: true,
		attachments: [{ name: 'plan.pdf' }],
	});
});

test('a key keeps it from going out twice', async () => {
	const node = () =>
		sendTemplateNode(sandbox.current, {
			preventDoubleSending: 'key',
			onceKey: '={{ $json.name }}',
		});
	await runNode(node(), people(3));
	forgetClaims();
	const again = await runNode(node(), people(4));
	expect(again.json(NODE).map(({ alreadySent }) => alreadySent ?? false)).toEqual([true, true, true, false]);
	expect(stored()).toHaveLength(4);
});

test('a key with which another template went out is an error', async () => {
	putTemplate(sandbox.current, { Alias: 'parcel' });
	const once = { preventDoubleSending: 'key', onceKey: 'order-1' };
	const send = async (alias: string) =>
		await runNode(
			sendTemplateNode(sandbox.current, { ...once, template: byAlias(alias) }, ERROR_OUTPUT),
			people(1),
		);
	expect((await send('parcel')).items(NODE)).toHaveLength(1);
	const other = await send('welcome');
	expect(other.json(NODE, 1)[0]!.error).toContain(
		'to p0@yunhe.example with the template “parcel”; this one is to p0@yunhe.example with the template “welcome”',
	);
	expect(stored()).toHaveLength(1);
});

describe('the test token has no server, so no templates', () => {
	const withTestToken = { serverToken: 'POSTMARK_API_TEST' };
	const WORDS = 'Postmark’s test token has no templates, because it belongs to no server';

	test('each email is refused, and the words speak of the token', async () => {
		const node = sendTemplateNode(sandbox.current, {}, ERROR_OUTPUT, withTestToken);
		const run = await runNode(node, people(2));
		expect(run.json(NODE, 1)).toMatchObject(
			[0, 1].map(() => ({
				error: WORDS,
				details: { code: '1101', outcome: 'refused', remedy: expect.stringContaining('Sandbox') },
			})),
		);
		expect(JSON.stringify(run.json(NODE, 1))).not.toMatch(/Choose one from the list|POSTMARK_API_TEST/);
		expect(run.items(NODE)).toEqual([]);
		expect(stored()).toEqual([]);
	});

	test.each([
		{ operation: 'sendBulk', content: 'template' },
		{ resource: 'template', operation: 'getAll' },
	])('nor does it open anything else, and that is said: %j', async (form) => {
		const run = await runNode(sendTemplateNode(sandbox.current, form, {}, withTestToken), people(1));
		expect(run.error?.message).toContain(
			"Postmark’s test token only checks emails of 'Send', and opens nothing else",
		);
		expect(run.error?.description).toContain('API token of a server');
	});
});
