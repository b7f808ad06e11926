import { Workflow, type INode } from 'n8n-workflow';
import { MailOpsOutlookOAuth2Api } from '../../../credentials/MailOpsOutlookOAuth2Api.credentials';
import { engineWith, NODE, runNode } from '../../support/runNode';
import { credentialFor, useSandbox } from '../../support/services';
import { problem, rows } from './support';

const sandbox = useSandbox();
const renewals = () => sandbox.current.requests.count({ path: /oauth2\/v2.0\/token/ });
const idOf = () => `AAkALg${sandbox.current.outlook.receive('one').id}`;
const user = (data: object = {}) =>
	credentialFor(sandbox.current, 'mailOpsOutlookOAuth2Api', {
		messagesPerMinute: 100_000,
		...(data as object),
	});
const mark = (id: string) => ({
	type: 'outlook',
	parameters: {
		authentication: 'user',
		resource: 'message',
		operation: 'markRead',
		messageId: id,
		isRead: true,
	},
	credentials: user(),
});

test('a token that ends in the middle is renewed once for all who wait, in two executions at once', async () => {
	const credentials = user();
	const stored = credentials.mailOpsOutlookOAuth2Api.oauthTokenData as Record<string, string>;
	stored.n8n_expires_at = String(Date.now() - 1_000);
	const engine = engineWith(credentials);
	const items = Array.from({ length: 40 }, () => ({}));
	const id = idOf();
	const runs = await Promise.all(
		[1, 2].map(async () => await runNode({ ...mark(id), credentials }, items, { engine })),
	);
	for (const run of runs) {
		expect(run.error).toBeUndefined();
		expect(run.json(NODE)).toHaveLength(40);
	}
	expect(renewals()).toBe(1);
});

test('a token that dies in the middle of 1,000 items is renewed once, and nobody notices', async () => {
	const ids = Array.from({ length: 1_000 }, (_, i) => sandbox.current.outlook.receive(`m${i}`).id);
	sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'tokenRevoked', after: 25 });
	const run = await runNode(
		mark('={{ $json.id }}'),
		ids.map((id) => ({ id: `AAkALg${id}` })),
	);
	expect(run.error).toBeUndefined();
	expect(run.json(NODE)).toHaveLength(1_000);
	expect(run.json(NODE).every(({ isRead }) => isRead === true)).toBe(true);
	expect(renewals()).toBe(1);
	// Some fifty, and what went again: how full each is, the machine decides.
	expect(sandbox.current.requests.count({ path: '/v1.0/$batch' })).toBeLessThan(500);
});

test('mails go out once each when the token dies among them', async () => {
	sandbox.current.faults.add({ service: 'outlook', path: /^\/v1\.0\//, kind: 'tokenRevoked', after: 1 });
	const items = Array.from({ length: 25 }, (_, i) => ({ json: { subject: `mail ${i}` } }));
	const sent = await rows(
		sandbox.current,
		'message.send',
		{ to: 'ana@example.com', subject: '={{ $json.subject }}', text: 'Hello' },
		{ items },
	);
	expect(sent).toHaveLength(25);
	const subjects = sandbox.current.outlook.post.sent.map(({ props }) => String(props.subject));
	expect(subjects.sort()).toEqual(items.map(({ json }) => json.subject).sort());
	expect(renewals()).toBe(1);
});

test.each([
	[401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.'],
	[403, 'ErrorAccessDenied', 'Lifetime validation failed, the token is expired.'],
])(
	'HTTP %d that says the token has ended leads to one renewal, and the run goes on',
	async (status, code, message) => {
		sandbox.current.faults.add({
			service: 'outlook',
			path: '/v1.0/me/messages',
			kind: 'status',
			status,
			body: { error: { code, message } },
		});
		idOf();
		expect(await rows(sandbox.current, 'message.getAll', { limit: 5 })).toHaveLength(1);
		expect(renewals()).toBe(1);
	},
);

test('a sign-in that was withdrawn says to connect again', async () => {
	sandbox.current.outlook.tokens.refusal = {
		code: 50173,
		message: 'The provided grant has expired due to it being revoked.',
	};
	const oauthTokenData = { access_token: 'old', refresh_token: 'dead', n8n_expires_at: '1' };
	const { details } = await problem(
		sandbox.current,
		'message.get',
		{ messageId: 'AAkALg1' },
		{ credential: { oauthTokenData } },
	);
	expect(details).toMatchObject({
		outcome: 'notSent',
		code: 'AADSTS50173',
		remedy: expect.stringContaining('connect the account again'),
	});
});

describe('an app', () => {
	const read = { mailbox: 'ben@contoso.example', limit: 5 };

	test('signs in by itself, once for forty items', async () => {
		const items = Array.from({ length: 40 }, () => ({}));
		await rows(sandbox.current, 'message.getAll', read, { asApp: true, items });
		expect(sandbox.current.requests.count({ path: /oauth2/ })).toBe(1);
	});

	test.each([
		[{ clientSecret: 'wrong' }, 'The client secret is wrong', 'AADSTS7000215'],
		[{ tenant: 'nobody.example' }, 'There is no such tenant', 'AADSTS90002'],
		[{ clientId: 'other' }, 'The tenant has no such app', 'AADSTS700016'],
	])('%j is told in plain words', async (credential, error, code) => {
		const found = await problem(sandbox.current, 'message.getAll', read, { asApp: true, credential });
		expect(found.error).toContain(error);
		expect(found.details).toMatchObject({ outcome: 'notSent', remedy: expect.stringMatching(/.{20}/) });
		expect(code).toMatch(/^AADSTS/);
	});

	test('“common” is no tenant of its own', async () => {
		const { error } = await problem(sandbox.current, 'message.getAll', read, {
			asApp: true,
			credential: { tenant: 'common' },
		});
		expect(error).toContain('an app signs in to one tenant');
	});
});

describe('what n8n asks for when a person connects', () => {
	const { properties } = new MailOpsOutlookOAuth2Api();
	const resolved = (name: string, data: Record<string, unknown>) => {
		const text = properties.find((field) => field.name === name)!.default as string;
		const node: INode = { id: '1', name: 'x', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };
		const types = {
			getByNameAndVersion: () => undefined,
			getByName: () => undefined,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: types as never,
		});
		// As n8n's own credentials helper does it.
		const all = workflow.expression.getComplexParameterValue(
			node,
			{ value: text },
			'internal',
			{},
			undefined,
			undefined,
			data,
		);
		return (all as { value: unknown }).value;
	};

	test('the permissions that were ticked, and those for shared mailboxes', () => {
		expect(resolved('scope', { access: ['read', 'calendar'] })).toBe(
			'openid offline_access User.Read Calendars.ReadWrite Mail.Read',
		);
		expect(resolved('scope', { access: ['send', 'settings', 'shared'] })).toBe(
			'openid offline_access User.Read MailboxSettings.ReadWrite Mail.Send Mail.Send.Shared',
		);
	});

	// n8n's form of credentials shows a list of ticks empty, and keeps it so, whatever its default.
	test.each([[[]], [undefined]])('nothing ticked (%j): reading and changing mail, and sending', (access) => {
		expect(resolved('scope', { access })).toBe('openid offline_access User.Read Mail.ReadWrite Mail.Send');
	});

	test('shared mailboxes alone: the same there', () => {
		expect(resolved('scope', { access: ['shared'] })).toBe(
			'openid offline_access User.Read Mail.ReadWrite Mail.ReadWrite.Shared Mail.Send Mail.Send.Shared',
		);
	});

	test.each([
		['global', 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize'],
		['usGov', 'https://login.microsoftonline.us/common/oauth2/v2.0/authorize'],
		['usDod', 'https://login.microsoftonline.us/common/oauth2/v2.0/authorize'],
		['china', 'https://login.chinacloudapi.cn/common/oauth2/v2.0/authorize'],
	])('the sign-in page of the cloud %s', (cloud, url) => {
		expect(resolved('authUrl', { cloud, tenant: 'common' })).toBe(url);
	});
});
