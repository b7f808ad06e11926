import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { createHmac } from 'node:crypto';
import { type Sandbox, startSandbox } from '../../sandbox';
import { ask } from './client';
import { mailchimpCall, officialClient, refusal } from './mailchimpClient';
import { startReceiver } from './receiver';

type Json = Record<string, unknown>;

let sandbox: Sandbox;
let client: ReturnType<typeof officialClient>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox();
	client = officialClient(sandbox);
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});
beforeEach(() => {
	sandbox.reset();
	receiver.received.length = 0;
	receiver.answers.length = 0;
});

const LIST = 'a1b2c3d4e5';
const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
	await mailchimpCall(sandbox, method, path, body, headers);
const until = async (condition: () => boolean) => {
	for (let tries = 0; tries < 1000 && !condition(); tries += 1) await pause(10);
	expect(condition()).toBe(true);
};

describe('signing in', () => {
	test('a key, a token, the single host, the data centre of the key and a wrong one', async () => {
		expect(await client.ping.get!()).toEqual({ health_status: "Everything's Chimpy!" });
		expect(await client.root.getRoot!()).toMatchObject({ login_id: '1001', role: 'owner' });
		const at = async (path: string, authorization: string) =>
			(await ask(`${sandbox.mailchimp.host}${path}`, { headers: authorization ? { authorization } : {} }))
				.body;
		const key = `Bearer ${sandbox.mailchimp.apiKey}`;
		expect(await at('/us6/3.0/ping', key)).toHaveProperty('health_status');
		expect(await at('/us19/3.0/ping', key)).toMatchObject({ status: 403, title: 'Wrong Datacenter' });
		expect(await at('/3.0/ping', 'Bearer nothing-us6')).toMatchObject({
			status: 401,
			title: 'API Key Invalid',
		});
		expect(await at('/3.0/ping', '')).toMatchObject({ status: 401, title: 'API Key Missing' });
		sandbox.mailchimp.account.revoke(sandbox.mailchimp.apiKey);
		expect((await refusal(client.ping.get!())).status).toBe(401);
	});

	test('OAuth 2: a code that is good once, a token that stays, and where the account is', async () => {
		const { host, account } = sandbox.mailchimp;
		const back = encodeURIComponent('http://127.0.0.1:5678/rest/oauth2-credential/callback');
		const query = `response_type=code&client_id=${account.clientId}&redirect_uri=${back}&state=s1`;
		const sent = await fetch(`${host}/oauth2/authorize?${query}`, { redirect: 'manual' });
		const to = new URL(sent.headers.get('location') ?? '');
		expect(to.searchParams.get('state')).toBe('s1');
		const form = {
			grant_type: 'authorization_code',
			code: to.searchParams.get('code') ?? '',
			client_id: account.clientId,
			client_secret: account.clientSecret,
		};
		const token = async () =>
			await ask(`${host}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
		const first = await token();
		expect(first.body).toMatchObject({ expires_in: 0, scope: null });
		expect((await token()).status).toBe(400);
		const metadata = await ask(`${host}/oauth2/metadata`, {
			headers: { authorization: `OAuth ${String(first.body.access_token)}` },
		});
		expect(metadata.body).toMatchObject({ dc: 'us6', api_endpoint: `${host}/us6` });
	});

	test('a role does what it may', async () => {
		sandbox.mailchimp.settings.role = 'viewer';
		expect((await call('GET', '/lists')).status).toBe(200);
		expect((await call('POST', `/lists/${LIST}/segments`, { name: 'x', static_segment: [] })).status).toBe(
			403,
		);
	});

	test('ten connections of one user, and errors on demand', async () => {
		sandbox.mailchimp.settings.connections = 2;
		sandbox.faults.add({ service: 'mailchimp', kind: 'slow', ms: 300, times: 2 });
		const [a, b] = [call('GET', '/lists'), call('GET', '/lists')];
		await until(() => sandbox.mailchimp.connections.peak === 2);
		expect((await call('GET', '/lists')).body).toMatchObject({ status: 429, title: 'Too Many Requests' });
		expect([(await a).status, (await b).status]).toEqual([200, 200]);
		expect((await call('GET', '/lists')).status).toBe(200);
		const asked = await call('GET', '/lists', undefined, { 'x-trigger-error': 'UserDisabled' });
		expect(asked.body).toMatchObject({ status: 403, title: 'User Disabled' });
	});
});

test('audiences are made, changed and removed', async () => {
	const contact = { company: 'A', address1: 'B', city: 'C', country: 'DE' };
	const given = {
		name: 'Second',
		contact,
		permission_reminder: 'Hi',
		campaign_defaults: { from_name: 'A', from_email: 'a@example.com', subject: 'News', language: 'en' },
		email_type_option: false,
	};
	expect((await refusal(client.lists.createList!({ name: 'x' }))).body.errors).toHaveLength(4);
	const made = await client.lists.createList!(given);
	expect(await client.lists.getAllLists!()).toMatchObject({ total_items: 2 });
	const changed = await client.lists.updateList!(made.id, { name: 'Third' });
	expect(changed).toMatchObject({ name: 'Third', contact });
	expect(await client.lists.getListMergeFields!(made.id)).toMatchObject({ total_items: 5 });
	await client.lists.deleteList!(made.id);
	expect((await refusal(client.lists.getList!(made.id))).status).toBe(404);
});

test('segments: tags and saved ones, evaluated, with many at once', async () => {
	const { lists } = client;
	for (const [name, team] of [
		['a', 'Red'],
		['b', 'Blue'],
		['c', 'Red'],
	])
		await lists.addListMember!(LIST, {
			email_address: `${name}@example.com`,
			status: 'subscribed',
			merge_fields: { LNAME: team },
		});
	const tag = await lists.createSegment!(LIST, { name: 'Tag', static_segment: ['a@example.com'] });
	const answer = await lists.batchSegmentMembers!(
		{ members_to_add: ['B@example.com', 'nobody@example.com'], members_to_remove: ['a@example.com'] },
		LIST,
		tag.id,
	);
	expect(answer).toMatchObject({ total_added: 1, total_removed: 1, error_count: 1 });
	expect(answer.errors).toMatchObject([{ email_addresses: ['nobody@example.com'] }]);
	const saved = await lists.createSegment!(LIST, {
		name: 'Reds',
		options: {
			match: 'all',
			conditions: [{ condition_type: 'TextMerge', field: 'LNAME', op: 'is', value: 'Red' }],
		},
	});
	expect(saved).toMatchObject({ type: 'saved', member_count: 2 });
	const members = await lists.getSegmentMembersList!(LIST, saved.id);
	expect((members.members as Json[]).map(({ email_address: one }) => one)).toEqual([
		'a@example.com',
		'c@example.com',
	]);
	expect((await refusal(lists.createSegment!(LIST, { name: 'tag', static_segment: [] }))).status).toBe(400);
	expect(
		(await refusal(lists.createSegmentMember!({ email_address: 'a@example.com' }, LIST, saved.id))).status,
	).toBe(400);
	expect(await lists.listSegments!(LIST, { type: 'static' })).toMatchObject({ total_items: 1 });
});

test('a segment with a condition that the stand-in cannot tell is refused, and nothing of it is kept', async () => {
	const { lists } = client;
	const segment = (condition: Json) => ({
		name: 'Odd',
		options: { match: 'any', conditions: [{ field: 'LNAME', value: 'x', ...condition }] },
	});
	const unknown = segment({ condition_type: 'Fuzzy', op: 'is' });
	const noOperator = segment({ condition_type: 'TextMerge', op: 'sounds_like' });
	for (const wrong of [unknown, noOperator])
		expect((await refusal(lists.createSegment!(LIST, wrong))).status).toBe(400);
	expect(await lists.listSegments!(LIST)).toMatchObject({ total_items: 0 });
	const { id } = await lists.createSegment!(LIST, segment({ condition_type: 'TextMerge', op: 'is' }));
	expect((await refusal(lists.updateSegment!(LIST, id, { ...noOperator, name: 'Even' }))).status).toBe(400);
	expect(await lists.getSegment!(LIST, id)).toMatchObject({ name: 'Odd', member_count: 0 });
});

describe('webhooks', () => {
	const events = { subscribe: true, unsubscribe: true, profile: true, upemail: true, cleaned: true };
	const sources = { user: true, admin: true, api: true };
	const add = async (url: string, more: Json = {}) =>
		await client.lists.createListWebhook!(LIST, { url, events, sources, ...more });

	test('the address is asked first, and is there once', async () => {
		receiver.answers.push(404);
		expect((await refusal(add(`${receiver.url}/hook`))).body).toMatchObject({ errors: [{ field: 'url' }] });
		const made = await add(`${receiver.url}/hook`);
		expect(receiver.received.map(({ method }) => method)).toEqual(['GET', 'GET']);
		expect(made).toMatchObject({
			signing_enabled: true,
			signing_secret: expect.stringMatching(/^[0-9a-f]{48}$/),
		});
		expect((await refusal(add(`${receiver.url}/hook`))).status).toBe(400);
		expect(await client.lists.getListWebhook!(LIST, made.id)).not.toHaveProperty('signing_secret');
	});

	test('what happens is posted as a form with a signature; 410 ends it, another status comes again', async () => {
		const { signing_secret: secret } = await add(`${receiver.url}/hook`);
		receiver.received.length = 0;
		receiver.answers.push(500);
		sandbox.mailchimp.settings.retrySpeed = 60_000;
		const email_address = 'ana@example.com';
		await client.lists.addListMember!(LIST, {
			email_address,
			status: 'subscribed',
			merge_fields: { FNAME: 'Ana' },
		});
		await until(() => receiver.received.length === 2);
		const [first, second] = receiver.received;
		expect(first?.raw).toBe(second?.raw);
		expect(second?.body).toMatchObject({
			type: 'subscribe',
			fired_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
			'data[email]': email_address,
			'data[list_id]': LIST,
			'data[merges][FNAME]': 'Ana',
		});
		const [, t = '', v1] = /^t=(\d+),v1=(\w+)$/.exec(String(second?.headers['x-mailchimp-signature'])) ?? [];
		expect(createHmac('sha256', String(secret)).update(`${t}.${second?.raw}`).digest('hex')).toBe(v1);
		await client.lists.updateListMember!(LIST, email_address, { email_address: 'ada@example.com' });
		receiver.answers.push(200, 410);
		await client.lists.updateListMember!(LIST, 'ada@example.com', { status: 'unsubscribed' });
		await client.lists.updateListMember!(LIST, 'ada@example.com', { status: 'pending' });
		await until(() => receiver.received.length === 4);
		await sandbox.mailchimp.hooks.idle();
		const types = receiver.received.map(({ body }) => body.type);
		expect(types.slice(2).sort()).toEqual(['unsubscribe', 'upemail']);
		await client.lists.addListMember!(LIST, { email_address: 'x@example.com', status: 'subscribed' });
		await sandbox.mailchimp.hooks.idle();
		expect(receiver.received).toHaveLength(4);
	});

	test('only for the events and the sources it names', async () => {
		await add(`${receiver.url}/hook`, { sources: { user: true, admin: true, api: false } });
		await client.lists.addListMember!(LIST, { email_address: 'x@example.com', status: 'subscribed' });
		expect(sandbox.mailchimp.hooks.deliveries).toHaveLength(0);
	});
});

describe('batches', () => {
	const entries = async (url: unknown) => {
		const tar = gunzipSync(Buffer.from(await (await fetch(String(url))).arrayBuffer())).toString();
		return [...tar.matchAll(/\[\{.*?\}\](?=\0)/gs)].flatMap(([json]) => JSON.parse(json) as Json[]);
	};

	test('done later, in another order, with the result in a file and errors that do not stop it', async () => {
		const operations = ['a', 'b', 'nobody'].map((name) => ({
			method: 'POST',
			path: `/lists/${LIST}/members`,
			operation_id: name,
			body: JSON.stringify({
				email_address: name === 'nobody' ? name : `${name}@example.com`,
				status: 'subscribed',
			}),
		}));
		const batch = await client.batches.start!({ operations });
		expect(batch).toMatchObject({ status: 'pending', response_body_url: '', total_operations: 3 });
		let state: Json = {};
		for (let tries = 0; tries < 500 && state.status !== 'finished'; tries += 1) {
			await pause(10);
			state = await client.batches.status!(batch.id);
		}
		expect(state).toMatchObject({ finished_operations: 3, errored_operations: 1 });
		const results = await entries(state.response_body_url);
		expect(results.map(({ operation_id: id, status_code: code }) => [id, code])).toEqual([
			['nobody', 400],
			['b', 200],
			['a', 200],
		]);
		expect(JSON.parse(String(results[2]?.response))).toMatchObject({ email_address: 'a@example.com' });
		expect((await refusal(client.batches.start!({ operations: [] }))).status).toBe(400);
	});
});
