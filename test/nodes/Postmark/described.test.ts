import type { INodePropertyOptions } from 'n8n-workflow';
import { Postmark } from '../../../nodes/Postmark/Postmark.node';
import { json, tinyServer, type TinyServer } from '../../core/support/tinyServer';
import { runNode, type NodeUnderTest } from '../../support/runNode';
import { describedAs, faultsOf } from './described';
import { binary, cases, dates } from './describedCases';

/** What a success holds, of whatever kind. */
const ONE = {
	ErrorCode: 0,
	Message: 'OK',
	ID: 1,
	Id: 'one',
	Name: 'Ana',
	Url: 'https://hooks.example.org/',
	Rule: 'd.example',
	EmailAddress: 'c@d.example',
	Status: 'Deleted',
	TemplateId: 1,
	AllContentIsValid: true,
	Bounce: {},
	Triggers: {},
};
const LISTS = Object.fromEntries(
	[
		'Messages',
		'InboundMessages',
		'Opens',
		'Clicks',
		'Bounces',
		'Templates',
		'MessageStreams',
		'Webhooks',
		'InboundRules',
		'Servers',
		'Domains',
		'SenderSignatures',
	].map((name) => [name, []]),
);

let postmark: TinyServer;
beforeAll(async () => {
	// It says yes to everything: only what is asked matters here.
	postmark = await tinyServer((request, response) => {
		const isBatch = request.url?.startsWith('/email/batch');
		json(response, isBatch ? [ONE] : { ...ONE, ...LISTS, TotalCount: 0, Suppressions: [ONE] });
	});
});
afterAll(async () => await postmark.close());
beforeEach(() => (postmark.seen.length = 0));

async function requestsOf(operation: string, parameters: Record<string, unknown>) {
	const [resource, value] = operation.split('.');
	const node: NodeUnderTest = {
		type: 'postmark',
		// A list as a whole is asked for in pages as large as they may be.
		parameters: {
			resource,
			operation: value,
			returnAll: true,
			...parameters,
		} as NodeUnderTest['parameters'],
		credentials: {
			mailOpsPostmarkServerApi: { serverToken: 'server-token', baseUrl: postmark.url },
			mailOpsPostmarkAccountApi: { accountToken: 'account-token', baseUrl: postmark.url },
		},
	};
	const run = await runNode(node, [{ json: {}, binary }]);
	if (run.error) throw run.error;
	return postmark.seen.map(({ method, path, headers, body }) => {
		const { pathname, searchParams } = new URL(path, postmark.url);
		const name = describedAs(method, pathname) ?? `${method} ${pathname}`;
		const content: unknown = body === '' ? undefined : JSON.parse(body);
		return { name, query: searchParams, content, headers };
	});
}

test.each(cases)(
	'%s asks for what Postmark describes, and nothing else',
	async (operation, parameters, ...expected) => {
		const made = await requestsOf(operation, parameters);
		expect(
			made.map(({ name }) => name).filter((name) => name !== 'GET /server' || operation === 'server.get'),
		).toEqual(expected);
		for (const { name, query, content, headers } of made) {
			expect({ name, faults: faultsOf(name, query, content) }).toEqual({ name, faults: [] });
			expect(headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' });
		}
	},
);

test.each([
	'bounces',
	'clicks',
	'clicks/browserfamilies',
	'clicks/location',
	'clicks/platforms',
	'opens',
	'opens/emailclients',
	'opens/platforms',
	'opens/readtimes',
	'sends',
	'spam',
	'tracked',
])('statistics.getSeries asks for %s', async (series) => {
	const filters = { ...dates, tag: 't', messageStream: 'news' };
	const [made] = await requestsOf('statistics.getSeries', { series, returnAs: 'totals', filters });
	expect(made!.name).toBe(`GET /stats/outbound/${series}`);
	expect(faultsOf(made!.name, made!.query, made!.content)).toEqual([]);
	expect(Object.fromEntries(made!.query)).toMatchObject({ fromdate: '2026-02-01', todate: '2026-02-03' });
});

test.each(['getOpens', 'getClicks'])('message.%s of one email', async (operation) => {
	const [made] = await requestsOf(`message.${operation}`, { scope: 'one', messageId: 'm1', limit: 7 });
	expect(faultsOf(made!.name, made!.query, made!.content)).toEqual([]);
	expect(made!.name).toMatch(/\{messageid\}$/);
});

const MAIL = { From: 'a@b.example', To: 'c@d.example', TextBody: 't' };
const batch = (...changes: object[]) => changes.map((change) => ({ ...MAIL, ...change }));

/** What the check has to see, or it proves nothing. */
test.each<[what: string, name: string, query: string, body: unknown]>([
	['a field in another case', 'POST /email/batch', '', batch({ BCC: 'e@f.example' })],
	[
		'a content id in another case',
		'POST /email/batch',
		'',
		batch({ Attachments: [{ Name: 'a', Content: '', ContentType: 'b/c', ContentId: 'cid:a' }] }),
	],
	['a missing To', 'POST /email/batch', '', batch({ To: undefined })],
	['no words', 'POST /email/batch', '', batch({ TextBody: undefined })],
	['a number in the metadata', 'POST /email/batch', '', batch({ Metadata: { a: 1 } })],
	['too many emails', 'POST /email/batch', '', Array(501).fill(MAIL)],
	[
		'a templated email without To',
		'POST /email/batchWithTemplates',
		'',
		{ Messages: [{ From: 'a@b.example', TemplateId: 1, TemplateModel: {} }] },
	],
	[
		'an email without a template',
		'POST /email/batchWithTemplates',
		'',
		{ Messages: [{ From: 'a@b.example', To: 'c@d.example', TemplateModel: {} }] },
	],
	['a recipient of a bulk email without To', 'POST /email/bulk', '', { From: 'a@b.example', Messages: [{}] }],
	[
		'an unknown field of a recipient',
		'POST /email/bulk',
		'',
		{ From: 'a@b.example', Messages: [{ To: 'c@d.example', Tag: 't' }] },
	],
	...['bounces', 'domains', 'messages/outbound', 'servers', 'templates'].map(
		(list): [string, string, string, unknown] => [
			'a page of 501',
			`GET /${list}`,
			'count=501&offset=0',
			undefined,
		],
	),
])('the check finds %s in %s', (_what, name, query, body) => {
	// As it would go out: what is undefined does not.
	const sent: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
	expect(faultsOf(name, new URLSearchParams(query), sent)).not.toEqual([]);
});

test('each request goes out with the token of its kind, and never with both', async () => {
	for (const [operation, parameters] of cases) {
		postmark.seen.length = 0;
		for (const { headers } of await requestsOf(operation, parameters)) {
			const isAccount = /^(accountServer|domain|senderSignature|dataRemoval)\./.test(operation);
			expect([operation, headers['x-postmark-account-token'], headers['x-postmark-server-token']]).toEqual([
				operation,
				isAccount ? 'account-token' : undefined,
				isAccount ? undefined : 'server-token',
			]);
		}
	}
});

test('no operation of the node is missing here', () => {
	const menus = new Postmark().description.properties.filter(({ name }) => name === 'operation');
	const all = menus.flatMap(({ displayOptions, options }) =>
		(options as INodePropertyOptions[]).map(
			({ value }) => `${String(displayOptions!.show!.resource![0])}.${String(value)}`,
		),
	);
	const tested = [
		...cases.map(([operation]) => operation),
		'statistics.getSeries',
		'custom.request',
		'customAccount.request',
	];
	expect(all.filter((operation) => !tested.includes(operation))).toEqual([]);
});
