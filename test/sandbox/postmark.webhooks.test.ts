import { setTimeout as pause } from 'node:timers/promises';
import { ServerClient } from 'postmark';
import { type Sandbox, startSandbox } from '../../sandbox';
import { postmarkCall } from './client';
import { startReceiver } from './receiver';

let sandbox: Sandbox;
let client: ServerClient;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox();
	const options = { requestHost: sandbox.postmark.url.replace('http://', ''), useHttps: false };
	client = new ServerClient(sandbox.postmark.serverToken, options);
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
afterEach(() => expect(sandbox.postmark.unknownFields).toEqual([]));

const on = { Enabled: true };
const everything = {
	Open: { Enabled: true, PostFirstOpenOnly: false },
	Click: on,
	Delivery: on,
	Bounce: { Enabled: true, IncludeContent: false },
	SpamComplaint: { Enabled: true, IncludeContent: true },
	SubscriptionChange: on,
};
const send = async (more: object = {}) =>
	(
		await client.sendEmail({
			From: 'hr@example.com',
			To: 'anna@example.org',
			Subject: 'Hello',
			HtmlBody: '<a href="https://example.com/">x</a>',
			TrackOpens: true,
			TrackLinks: 'HtmlAndText' as never,
			Tag: 'welcome',
			Metadata: { run: '7' },
			...more,
		})
	).MessageID;
const types = () => receiver.received.map(({ body }) => body.RecordType);
const until = async (condition: () => boolean) => {
	for (let tries = 0; tries < 400 && !condition(); tries += 1) await pause(10);
	expect(condition()).toBe(true);
};

describe('webhooks', () => {
	test('create, list, get, update and delete', async () => {
		const made = await client.createWebhook({
			Url: `${receiver.url}/hook`,
			MessageStream: 'broadcast',
			HttpAuth: { Username: 'u', Password: 'p' },
			HttpHeaders: [{ Name: 'X-Key', Value: '1' }],
			Triggers: { Bounce: { Enabled: true } },
		});
		expect(made).toMatchObject({
			MessageStream: 'broadcast',
			HttpAuth: { Username: 'u', Password: 'p' },
			Triggers: { Bounce: { Enabled: true, IncludeContent: false }, Open: { Enabled: false } },
		});
		expect((await client.getWebhooks({ messageStream: 'outbound' })).Webhooks).toEqual([]);
		expect((await client.getWebhooks()).Webhooks).toHaveLength(1);
		const changed = await client.editWebhook(made.ID, { Triggers: { Click: on } });
		expect(changed.Triggers).toMatchObject({ Bounce: { Enabled: true }, Click: { Enabled: true } });
		expect(await client.getWebhook(made.ID)).toEqual(changed);
		expect(await client.deleteWebhook(made.ID)).toMatchObject({ ErrorCode: 0 });
		await expect(client.getWebhook(made.ID)).rejects.toMatchObject({
			statusCode: 422,
			message: "The webhook for the provided 'ID' was not found.",
		});
	});

	test.each<[string, object, number]>([
		['no address', {}, 606],
		['no web address', { Url: 'ftp://x.example' }, 606],
		['an unknown stream', { Url: 'https://x.example', MessageStream: 'nope' }, 1235],
		['the inbound stream', { Url: 'https://x.example', MessageStream: 'inbound' }, 1236],
		[
			'a switch that is no boolean',
			{ Url: 'https://x.example', Triggers: { Open: { Enabled: 'yes' } } },
			403,
		],
		[
			'a header with a line break',
			{ Url: 'https://x.example', HttpHeaders: [{ Name: 'a', Value: 'b\nc' }] },
			403,
		],
	])('refused: %s', async (_what, body, code) => {
		expect((await postmarkCall(sandbox, 'POST', '/webhooks', body)).body.ErrorCode).toBe(code);
	});
});

describe('events', () => {
	test('arrive as documented, with the sign-in and headers of the webhook', async () => {
		await client.createWebhook({
			Url: `${receiver.url}/hook?a=1`,
			HttpAuth: { Username: 'u', Password: 'pä' },
			HttpHeaders: [{ Name: 'X-Key', Value: 'k' }],
			Triggers: everything,
		});
		const id = await send();
		sandbox.postmark.deliver(id);
		sandbox.postmark.open(id);
		sandbox.postmark.click(id);
		sandbox.postmark.complain(id);
		sandbox.postmark.bounce({ message: await send({ To: 'gone@example.org' }) });
		await sandbox.postmark.hooks.idle();
		expect(types().sort()).toEqual([
			'Bounce',
			'Click',
			'Delivery',
			'Open',
			'SpamComplaint',
			'SubscriptionChange',
			'SubscriptionChange',
		]);
		const [first] = receiver.received;
		expect(first?.path).toBe('/hook?a=1');
		expect(first?.headers.authorization).toBe(`Basic ${Buffer.from('u:pä').toString('base64')}`);
		expect(first?.headers['x-key']).toBe('k');
		expect(first?.headers['content-type']).toBe('application/json');
		const of = (type: string) => receiver.received.find(({ body }) => body.RecordType === type)?.body;
		const common = {
			ServerID: 1001,
			MessageID: id,
			MessageStream: 'outbound',
			Tag: 'welcome',
			Metadata: { run: '7' },
		};
		expect(of('Delivery')).toEqual({
			...common,
			RecordType: 'Delivery',
			Recipient: 'anna@example.org',
			DeliveredAt: expect.any(String),
			Details: expect.any(String),
		});
		expect(of('Open')).toMatchObject({
			...common,
			FirstOpen: true,
			Platform: 'Desktop',
			Geo: { IP: expect.any(String) },
		});
		expect(of('Click')).toMatchObject({
			...common,
			OriginalLink: 'https://example.com/',
			ClickLocation: 'HTML',
		});
		expect(of('Bounce')).toMatchObject({
			Type: 'HardBounce',
			TypeCode: 1,
			Email: 'gone@example.org',
			Inactive: true,
		});
		expect(of('Bounce')).not.toHaveProperty('Content');
		expect(of('SpamComplaint')).toMatchObject({
			...common,
			Type: 'SpamComplaint',
			Content: expect.any(String),
		});
		expect(of('SubscriptionChange')).toMatchObject({
			Recipient: 'anna@example.org',
			SuppressSending: true,
			SuppressionReason: 'SpamComplaint',
			Origin: 'Recipient',
		});
		const [delivery] = sandbox.postmark.hooks.deliveries;
		expect(delivery).toMatchObject({ event: 'Delivery', state: 'delivered', attempts: [{ status: 200 }] });
	});

	test('go to the webhooks of their stream that want them', async () => {
		await client.createWebhook({ Url: `${receiver.url}/out`, Triggers: { Bounce: on } });
		await client.createWebhook({
			Url: `${receiver.url}/news`,
			MessageStream: 'broadcast',
			Triggers: everything,
		});
		sandbox.postmark.unsubscribe({ email: 'a@example.org', stream: 'broadcast' });
		sandbox.postmark.bounce({ email: 'b@example.org' });
		await client.deleteSuppressions('broadcast', { Suppressions: [{ EmailAddress: 'a@example.org' }] });
		await sandbox.postmark.hooks.idle();
		const got = receiver.received.map(
			({ path, body }) => `${path} ${String(body.RecordType)} ${String(body.SuppressSending)}`,
		);
		expect(got.sort()).toEqual([
			'/news SubscriptionChange false',
			'/news SubscriptionChange true',
			'/out Bounce undefined',
		]);
	});

	test('first opens only, when so chosen', async () => {
		await client.createWebhook({
			Url: receiver.url,
			Triggers: { Open: { Enabled: true, PostFirstOpenOnly: true } },
		});
		const id = await send();
		sandbox.postmark.open(id);
		sandbox.postmark.open(id);
		await sandbox.postmark.hooks.idle();
		expect(types()).toEqual(['Open']);
	});

	test('are posted again after the documented waits, until 200', async () => {
		sandbox.postmark.settings.retrySpeed = 60_000;
		await client.createWebhook({ Url: receiver.url, Triggers: everything });
		receiver.answers.push(500, 201, 429);
		sandbox.postmark.deliver(await send());
		await until(() => sandbox.postmark.hooks.deliveries[0]?.state === 'delivered');
		expect(sandbox.postmark.hooks.deliveries[0]?.attempts.map(({ status }) => status)).toEqual([
			500, 201, 429, 200,
		]);
		receiver.answers.push(500, 500, 500, 500);
		sandbox.postmark.deliver(await send());
		await until(() => sandbox.postmark.hooks.deliveries[1]?.state === 'given up');
		receiver.answers.push(...Array.from({ length: 11 }, () => 500));
		sandbox.postmark.bounce({ message: await send(), type: 'SoftBounce' });
		await until(() => sandbox.postmark.hooks.deliveries[2]?.state === 'given up');
		expect(sandbox.postmark.hooks.deliveries[2]?.attempts).toHaveLength(11);
	});

	test('stop at a 403, when the webhook is deleted, and at reset', async () => {
		sandbox.postmark.settings.retrySpeed = 600;
		const { ID } = await client.createWebhook({ Url: receiver.url, Triggers: everything });
		receiver.answers.push(403, 500);
		const id = await send();
		sandbox.postmark.deliver(id);
		await sandbox.postmark.hooks.idle();
		expect(sandbox.postmark.hooks.deliveries[0]).toMatchObject({ state: 'stopped' });
		sandbox.postmark.deliver(id);
		await sandbox.postmark.hooks.idle();
		expect(sandbox.postmark.hooks.deliveries[1]).toMatchObject({
			state: 'waiting',
			nextAt: expect.any(String),
		});
		await client.deleteWebhook(ID);
		await until(() => sandbox.postmark.hooks.deliveries[1]?.state === 'dropped');
		expect(receiver.received).toHaveLength(2);
	});

	test('never leave this computer', async () => {
		const names = ['http://192.0.2.1/x', 'https://example.com/', 'http://127.0.0.1.example.com/'];
		for (const Url of names) await client.createWebhook({ Url, Triggers: everything });
		sandbox.postmark.bounce({ email: 'b@example.org', type: 'SoftBounce' });
		await sandbox.postmark.hooks.idle();
		const { deliveries } = sandbox.postmark.hooks;
		expect(deliveries.map(({ state }) => state)).toEqual(['refused', 'refused', 'refused']);
		expect(deliveries[0]?.attempts[0]?.error).toContain('this computer only');
	});
});
