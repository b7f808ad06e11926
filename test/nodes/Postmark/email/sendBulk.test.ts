import type { INode } from 'n8n-workflow';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { ERROR_OUTPUT, requestsSent } from './sendForm';
import { byAlias, postmarkNode, putTemplate } from '../template/templates';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.postmark.settings.bulkEnabled = true;
});

const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ to: `p${i}@yunhe.example`, name: `Person ${i}` }));

const bulkNode = (
	form: Record<string, unknown> = {},
	settings: Partial<INode> = {},
	credential: Record<string, string> = {},
) =>
	postmarkNode(
		sandbox.current,
		{
			resource: 'email',
			operation: 'sendBulk',
			from: 'People Team <people@yunhe.example>',
			to: '={{ $json.to }}',
			subject: 'News for {{name}}',
			html: '<p>Hello {{name}}</p>',
			...form,
		},
		settings,
		credential,
	);

const sends = () => sandbox.current.requests.count({ service: 'postmark', path: '/email/bulk' });
const stored = () => sandbox.current.postmark.messages;

async function refusal(form: Record<string, unknown> = {}, items: object[] = people(2)) {
	const run = await runNode(bulkNode(form, ERROR_OUTPUT), items as never);
	expect(run.items(NODE, 0)).toEqual([]);
	return run.json(NODE, 1)[0] as { error: string; details: Record<string, unknown> };
}

test('1,200 items with the same content are one request, each with its own values', async () => {
	const run = await runNode(bulkNode(), people(1_200));
	expect(run.error).toBeUndefined();
	expect(run.items(NODE)).toHaveLength(1_200);
	expect(new Set(run.json(NODE).map(({ Id }) => Id)).size).toBe(1);
	expect(run.json(NODE)[0]).toMatchObject({ Status: 'Accepted', SubmittedAt: expect.any(String) });
	expect(run.items(NODE)[7]!.pairedItem).toEqual({ item: 7 });
	expect([sends(), requestsSent(sandbox.current)]).toEqual([1, 1]);
	expect(stored()).toHaveLength(1_200);
	expect(stored()[7]).toMatchObject({
		subject: 'News for Person 7',
		html: '<p>Hello Person 7</p>',
		stream: 'broadcast',
		to: [{ Email: 'p7@yunhe.example' }],
	});
	expect(sandbox.current.postmark.unknownFields).toEqual([]);
});

test('items with different content are a request each', async () => {
	await runNode(bulkNode({ subject: '={{ $json.language === "de" ? "Neues" : "News" }}' }), [
		{ to: 'a@yunhe.example', language: 'en' },
		{ to: 'b@yunhe.example', language: 'de' },
		{ to: 'c@yunhe.example', language: 'en' },
	]);
	expect(sends()).toBe(2);
	expect(Object.fromEntries(stored().map(({ to, subject }) => [to[0]!.Email, subject]))).toEqual({
		'a@yunhe.example': 'News',
		'b@yunhe.example': 'Neues',
		'c@yunhe.example': 'News',
	});
});

test('from a template, with all options', async () => {
	putTemplate(sandbox.current);
	const run = await runNode(
		bulkNode({
			content: 'template',
			template: byAlias('welcome'),
			options: {
				bcc: 'archive@yunhe.example',
				cc: 'boss@yunhe.example',
				headers: { header: [{ name: 'X-Issue', value: '={{ $json.name }}' }] },
				inlineCss: true,
				metadata: { entry: [{ name: 'issue', value: '={{ $json.name }}' }] },
				replyTo: 'help@yunhe.example',
				tag: 'news',
				trackLinks: 'HtmlOnly',
				trackOpens: true,
			},
		}),
		people(2),
	);
	expect(run.error).toBeUndefined();
	expect(sends()).toBe(1);
	expect(stored()[1]).toMatchObject({
		subject: 'Welcome, Person 1',
		cc: [{ Email: 'boss@yunhe.example' }],
		bcc: [{ Email: 'archive@yunhe.example' }],
		replyTo: 'help@yunhe.example',
		headers: [{ Name: 'X-Issue', Value: 'Person 1' }],
		metadata: { issue: 'Person 1' },
		tag: 'news',
		trackLinks: 'HtmlOnly',
		trackOpens: true,
	});
	expect(sandbox.current.postmark.unknownFields).toEqual([]);
});

test('a bad address never leaves; the others go out in the same request', async () => {
	const run = await runNode(bulkNode({}, ERROR_OUTPUT), [...people(3), { to: 'nobody' }]);
	expect(run.items(NODE, 0)).toHaveLength(3);
	expect(run.json(NODE, 1)[0]!.error).toContain('“nobody”');
	expect(sends()).toBe(1);
});

test('an account for which it is not enabled: what to ask for, and what to use until then', async () => {
	sandbox.current.postmark.settings.bulkEnabled = false;
	const { error, details } = await refusal();
	expect(error).toBe('Postmark does not take bulk emails from this account');
	expect(details).toMatchObject({
		outcome: 'refused',
		said: expect.stringContaining('not enabled'),
		remedy: expect.stringMatching(/support.*Bulk API.*'Send With Template'/),
	});
	expect(stored()).toEqual([]);
});

test('a transactional stream is refused with the field at fault', async () => {
	const { details } = await refusal({ options: { messageStream: 'outbound' } });
	expect(details).toMatchObject({ code: '1236', field: 'Message Stream' });
});

test.each(['resetAfter', 'resetBefore'] as const)(
	'%s: the fate is unknown, and it is not repeated',
	async (kind) => {
		sandbox.current.faults.add({ service: 'postmark', kind, path: '/email/bulk' });
		const { details } = await refusal();
		expect(details).toMatchObject({
			outcome: 'unknown',
			remedy: expect.stringContaining('Activity page'),
		});
		expect(sends()).toBe(1);
	},
);

describe('the status', () => {
	const statusNode = (bulkId: string) =>
		postmarkNode(sandbox.current, { resource: 'email', operation: 'getBulk', bulkId }, ERROR_OUTPUT);

	test('of a request that was handed over', async () => {
		const sent = await runNode(bulkNode(), people(3));
		const run = await runNode(statusNode(String(sent.json(NODE)[0]!.Id)));
		expect(run.json(NODE, 0)).toEqual([
			expect.objectContaining({ Status: 'Processing', TotalMessages: 3, PercentageCompleted: 50 }),
		]);
	});

	test('of one that is not there', async () => {
		const run = await runNode(statusNode('0a129aee-e1cd-480d-b08d-4f48548ff48d'));
		expect(run.json(NODE, 1)[0]).toMatchObject({
			error: 'Postmark knows no bulk email with this ID',
			details: { field: 'Bulk Email ID' },
		});
	});

	test('when it is not enabled', async () => {
		sandbox.current.postmark.settings.bulkEnabled = false;
		const run = await runNode(statusNode('0a129aee-e1cd-480d-b08d-4f48548ff48d'));
		expect(run.json(NODE, 1)[0]!.error).toBe('Postmark does not take bulk emails from this account');
	});
});

test('only broadcast streams can be chosen', async () => {
	const { Engine } = await import('../../../../scripts/engine');
	const { nodeUnderTest } = await import('../../../support/runNode');
	const engine = new Engine();
	const spec = bulkNode();
	for (const [name, data] of Object.entries(spec.credentials)) engine.addCredential(name, data);
	const { methods } = engine.nodeType('n8n-nodes-mailops.postmark');
	const context = engine.editor(nodeUnderTest(spec));
	expect((await methods!.loadOptions!.getBroadcastStreams!.call(context)).map(({ value }) => value)).toEqual([
		'broadcast',
	]);
});

test('files go with the request once, and items with other files have a request of their own', async () => {
	const pdf = (content: string) => ({
		terms: {
			data: Buffer.from(content).toString('base64'),
			fileName: 'terms.pdf',
			mimeType: 'application/pdf',
		},
		logo: { data: Buffer.from('logo').toString('base64'), fileName: 'logo.png', mimeType: 'image/png' },
	});
	const items = ['a', 'a', 'b'].map((content, i) => ({ json: people(3)[i]!, binary: pdf(content) }));
	const options = { attachments: 'terms', inlineImages: 'logo' };
	const run = await runNode(bulkNode({ html: '<img src="cid:logo">', options }), items);
	expect(run.error).toBeUndefined();
	expect(run.hints(NODE).filter((hint) => hint.includes('cid'))).toEqual([]);
	expect(sends()).toBe(2);
	expect(
		stored().map(({ attachments }) =>
			attachments.map(({ name, content, contentId }) => [name, content, contentId]),
		),
	).toEqual(
		['a', 'a', 'b'].map((content) => [
			['terms.pdf', Buffer.from(content).toString('base64'), undefined],
			['logo.png', Buffer.from('logo').toString('base64'), 'logo'],
		]),
	);
	expect(sandbox.current.postmark.unknownFields).toEqual([]);
});

test('files that are too large are refused before anything is sent', async () => {
	const data = Buffer.alloc(8_000_000).toString('base64');
	const items = [
		{ json: people(1)[0]!, binary: { data: { data, fileName: 'a.zip', mimeType: 'application/zip' } } },
	];
	const { error } = await refusal({ options: { attachments: 'data' } }, items);
	expect(error).toContain('Postmark takes 10 MB');
	expect(sends()).toBe(0);
});
