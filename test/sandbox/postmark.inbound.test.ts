import { setTimeout as pause } from 'node:timers/promises';
import { ServerClient } from 'postmark';
import { type Sandbox, startSandbox } from '../../sandbox';
import { ask, postmarkCall } from './client';
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

const until = async (condition: () => boolean) => {
	for (let tries = 0; tries < 400 && !condition(); tries += 1) await pause(10);
	expect(condition()).toBe(true);
};
const mail = (more: object = {}) => ({
	from: 'Anna <anna@example.org>',
	subject: 'Re: order 7',
	text: 'Yes please.\n\nOn Monday you wrote:\n> Really?',
	...more,
});
const hook = (user = '') => receiver.url.replace('http://', `http://${user}`);

describe('inbound', () => {
	test('a mail is posted to the hook of the server, with sign-in from its address', async () => {
		const { InboundAddress } = await client.editServer({
			InboundHookUrl: hook('me:p%40ss@'),
			RawEmailEnabled: true,
		});
		const message = await sandbox.postmark.receive(
			mail({
				to: `Shop <${InboundAddress.replace('@', '+order7@')}>, other@example.net`,
				html: '<p>Yes</p>',
				attachments: [{ name: '发票.pdf', content: Buffer.from('pdf!'), contentType: 'application/pdf' }],
			}),
		);
		await sandbox.postmark.hooks.idle();
		const [got] = receiver.received;
		expect(got?.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
		expect(got?.body).toMatchObject({
			FromName: 'Anna',
			From: 'anna@example.org',
			FromFull: { Email: 'anna@example.org', Name: 'Anna', MailboxHash: '' },
			MailboxHash: 'order7',
			OriginalRecipient: InboundAddress.replace('@', '+order7@'),
			ToFull: [{ Name: 'Shop', MailboxHash: 'order7' }, { Email: 'other@example.net' }],
			Subject: 'Re: order 7',
			MessageStream: 'inbound',
			StrippedTextReply: 'Yes please.',
			HtmlBody: '<p>Yes</p>',
			Attachments: [
				{ Name: '发票.pdf', Content: 'cGRmIQ==', ContentType: 'application/pdf', ContentLength: 4 },
			],
			RawEmail: expect.stringContaining('Subject: Re: order 7'),
		});
		expect(got?.body).not.toHaveProperty('RecordType');
		expect(message.status).toBe('Processed');
		expect(sandbox.postmark.hooks.deliveries[0]?.url).not.toContain('p%40ss');
		const found = await client.getInboundMessages({
			mailboxHash: 'order7',
			fromEmail: 'ANNA@example.org',
			subject: 'order',
		});
		expect(found.InboundMessages[0]).toMatchObject({
			MessageID: message.payload.MessageID,
			Status: 'Processed',
			Attachments: [{ Name: '发票.pdf', ContentLength: 4 }],
		});
		expect(found.InboundMessages[0]).not.toHaveProperty('TextBody');
		const details = await client.getInboundMessageDetails(message.payload.MessageID);
		expect(details).toMatchObject({
			HtmlBody: '<p>Yes</p>',
			Attachments: [{ Content: 'cGRmIQ==' }],
			BlockedReason: '',
		});
	});

	test('what cannot be posted is tried again, fails in the end, and is retried on request', async () => {
		sandbox.postmark.settings.retrySpeed = 600_000;
		await client.editServer({ InboundHookUrl: hook() });
		receiver.answers.push(...Array.from({ length: 11 }, () => 503));
		const { payload } = await sandbox.postmark.receive(mail());
		await until(() => sandbox.postmark.hooks.deliveries[0]?.state === 'given up');
		expect(receiver.received).toHaveLength(11);
		expect((await client.getInboundMessages({ status: 'failed' as never })).TotalCount).toBe(1);
		expect(await client.retryInboundHookForMessage(payload.MessageID)).toMatchObject({ ErrorCode: 0 });
		await sandbox.postmark.hooks.idle();
		expect((await client.getInboundMessageDetails(payload.MessageID)).Status).toBe('Processed');
		await expect(client.retryInboundHookForMessage(payload.MessageID)).rejects.toMatchObject({ code: 703 });
	});

	test('a 403 is final; between the tries the mail is scheduled', async () => {
		await client.editServer({ InboundHookUrl: hook() });
		receiver.answers.push(403, 500);
		const refused = await sandbox.postmark.receive(mail());
		const waiting = await sandbox.postmark.receive(mail());
		await sandbox.postmark.hooks.idle();
		expect([refused.status, waiting.status].sort()).toEqual(['Failed', 'Scheduled']);
	});

	test('rules block a sender or a domain, and can be bypassed', async () => {
		await client.editServer({ InboundHookUrl: hook() });
		const { ID } = await client.createInboundRuleTrigger({ Rule: 'anna@example.org' });
		await client.createInboundRuleTrigger({ Rule: 'spam.example' });
		const blocked = await sandbox.postmark.receive(mail());
		await sandbox.postmark.receive(mail({ from: 'x@spam.example' }));
		await sandbox.postmark.receive(mail({ from: 'b@example.org' }));
		await sandbox.postmark.hooks.idle();
		expect(receiver.received.map(({ body }) => body.From)).toEqual(['b@example.org']);
		const { TotalCount } = await client.getInboundMessages({ status: 'blocked' as never });
		expect(TotalCount).toBe(2);
		const { MessageID } = blocked.payload;
		expect((await client.getInboundMessageDetails(MessageID)).BlockedReason).toBe('RULE');
		expect((await client.bypassBlockedInboundMessage(MessageID)).ErrorCode).toBe(0);
		await sandbox.postmark.hooks.idle();
		expect(receiver.received).toHaveLength(2);
		await expect(client.bypassBlockedInboundMessage(MessageID)).rejects.toMatchObject({ code: 702 });
		const rules = await client.getInboundRuleTriggers();
		expect(rules.InboundRules.map(({ Rule }) => Rule)).toEqual(['anna@example.org', 'spam.example']);
		await client.deleteInboundRuleTrigger(ID);
		expect((await sandbox.postmark.receive(mail())).status).toBe('Queued');
		await sandbox.postmark.hooks.idle();
	});

	test('refused: rules and messages that cannot be', async () => {
		const rule = async (Rule: string) =>
			(await postmarkCall(sandbox, 'POST', '/triggers/inboundrules', { Rule })).body.ErrorCode;
		await client.createInboundRuleTrigger({ Rule: 'spam.example' });
		expect([await rule(''), await rule('SPAM.example'), await rule('no one')]).toEqual([809, 810, 813]);
		await expect(client.deleteInboundRuleTrigger(7)).rejects.toMatchObject({ code: 812 });
		await expect(client.getInboundMessageDetails('nope')).rejects.toMatchObject({ code: 701 });
		const query = '/messages/inbound?count=1&offset=0&status=lost';
		expect((await postmarkCall(sandbox, 'GET', query)).body.ErrorCode).toBe(700);
	});

	test('spam above the threshold is blocked; without a hook a mail is only kept', async () => {
		await client.editServer({ InboundSpamThreshold: 5 });
		expect((await sandbox.postmark.receive(mail({ spamScore: 7 }))).status).toBe('Blocked');
		expect((await sandbox.postmark.receive(mail({ spamScore: 1 }))).status).toBe('Processed');
		expect(sandbox.postmark.hooks.deliveries).toHaveLength(0);
	});
});

describe('the settings of a server', () => {
	test('are changed one by one, and are the default of a message', async () => {
		await client.editServer({ Color: 'red', TrackOpens: true, TrackLinks: 'HtmlOnly' as never });
		expect(await client.getServer()).toMatchObject({
			ID: 1001,
			Name: 'Production',
			Color: 'red',
			TrackOpens: true,
		});
		const { MessageID } = await client.sendEmail({
			From: 'hr@example.com',
			To: 'a@example.org',
			Subject: 'x',
			TextBody: 'x',
		});
		expect(sandbox.postmark.message(MessageID)).toMatchObject({ trackOpens: true, trackLinks: 'HtmlOnly' });
		const off = {
			From: 'hr@example.com',
			To: 'a@example.org',
			Subject: 'x',
			TextBody: 'x',
			TrackOpens: false,
		};
		const own = await client.sendEmail(off);
		expect(sandbox.postmark.message(own.MessageID)).toMatchObject({ trackOpens: false });
	});

	test.each<[string, object, number]>([
		['nothing', {}, 609],
		['a taken name', { Name: 'staging' }, 603],
		['an empty name', { Name: ' ' }, 608],
		['another colour', { Color: 'pink' }, 607],
		['a hook that is no address', { InboundHookUrl: 'here' }, 606],
		['a threshold between the steps', { InboundSpamThreshold: 7 }, 611],
		['another kind of tracking', { TrackLinks: 'All' }, 403],
	])('refused: %s', async (_what, body, code) => {
		expect((await postmarkCall(sandbox, 'PUT', '/server', body)).body.ErrorCode).toBe(code);
	});
});

test('events over HTTP: each answers what became of it', async () => {
	const event = async (body: object) =>
		await ask<{ result: Record<string, unknown>; deliveries: Array<{ state: string }>; error: string }>(
			`${sandbox.url}/_sandbox/postmark/events`,
			{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
		);
	await client.editServer({ InboundHookUrl: hook() });
	await client.createWebhook({
		Url: receiver.url,
		Triggers: { Bounce: { Enabled: true }, Click: { Enabled: true } },
	});
	const { MessageID: message } = await client.sendEmail({
		From: 'hr@example.com',
		To: 'a@example.org',
		Subject: 'x',
		TextBody: 'See https://example.com/',
		TrackLinks: 'TextOnly' as never,
		TrackOpens: true,
	});
	const content = Buffer.from('hi').toString('base64');
	const received = await event({
		event: 'receive',
		from: 'a@example.org',
		attachments: [{ name: 'a.txt', content }],
	});
	expect(received.body).toMatchObject({
		result: { Status: 'Processed' },
		deliveries: [{ state: 'delivered' }],
	});
	expect(receiver.received[0]?.body.Attachments).toMatchObject([{ Content: content }]);
	expect((await event({ event: 'bounce', message, type: 'SoftBounce' })).body.result).toMatchObject({
		TypeCode: 4096,
	});
	expect((await event({ event: 'click', message, platform: 'Mobile' })).body.result).toMatchObject({
		Platform: 'Mobile',
	});
	expect((await event({ event: 'open', message })).body.deliveries).toEqual([]);
	expect((await event({ event: 'deliver', message })).status).toBe(200);
	expect((await event({ event: 'unsubscribe', email: 'b@example.org', stream: 'broadcast' })).status).toBe(
		200,
	);
	expect((await event({ event: 'complain', email: 'c@example.org' })).body.result).toMatchObject({
		Type: 'SpamComplaint',
	});
	expect((await event({ event: 'open', message: 'nope' })).body.error).toContain('nope');
	expect((await event({ event: 'bounce', email: 'a@b.cc', type: 'Lost' })).status).toBe(400);
	expect((await event({ event: 'vanish' })).status).toBe(400);
	const list = await ask<{ deliveries: unknown[] }>(`${sandbox.url}/_sandbox/postmark/deliveries`);
	expect(list.body.deliveries).toHaveLength(3);
});
