import { easternDay } from '../../sandbox/services/postmark/eastern';
import { AccountClient, Errors, ServerClient } from 'postmark';
import { type Sandbox, startSandbox } from '../../sandbox';

let sandbox: Sandbox;
let client: ServerClient;
beforeAll(async () => {
	sandbox = await startSandbox();
	client = new ServerClient(sandbox.postmark.serverToken, options());
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const options = () => ({ requestHost: sandbox.postmark.url.replace('http://', ''), useHttps: false });
const message = (more: object = {}) => ({
	From: 'HR <hr@example.com>',
	To: 'anna@example.org',
	Subject: 'Hello',
	TextBody: 'Hello Anna',
	...more,
});

describe('with the official client', () => {
	test('send, find and read back', async () => {
		const sent = await client.sendEmail({
			...message(),
			Cc: '"Li, Wei" <li@example.org>, b@example.org',
			HtmlBody: '<p>Hello 安娜</p>',
			Tag: 'welcome',
			Metadata: { Batch: '7' },
			Headers: [{ Name: 'X-Run', Value: '1' }],
			Attachments: [{ Name: 'a.txt', Content: 'aGVsbG8=', ContentType: 'text/plain', ContentID: null }],
		});
		expect(sent).toMatchObject({ To: 'anna@example.org', ErrorCode: 0, Message: 'OK' });
		const found = await client.getOutboundMessages({
			metadata_batch: '7',
			recipient: 'LI@example.org',
			tag: 'welcome',
		});
		expect(found.TotalCount).toBe(1);
		expect(found.Messages[0]).toMatchObject({
			MessageID: sent.MessageID,
			Cc: [
				{ Email: 'li@example.org', Name: 'Li, Wei' },
				{ Email: 'b@example.org', Name: '' },
			],
			Recipients: ['anna@example.org', 'li@example.org', 'b@example.org'],
			Attachments: ['a.txt'],
			Status: 'Sent',
			Metadata: { Batch: '7' },
			MessageStream: 'outbound',
		});
		const details = await client.getOutboundMessageDetails(sent.MessageID);
		expect(details.HtmlBody).toBe('<p>Hello 安娜</p>');
		expect(details.Body).toContain('X-Run: 1');
		expect(details.MessageEvents).toHaveLength(3);
		expect((await client.getOutboundMessageDump(sent.MessageID)).Body).toContain('Subject: Hello');
		expect(sandbox.postmark.messages[0]?.attachments[0]).toMatchObject({
			name: 'a.txt',
			size: 5,
			content: 'aGVsbG8=',
		});
		expect(sandbox.postmark.unknownFields).toEqual([]);
	});

	test('a batch has an answer for each message, in order', async () => {
		const answers = await client.sendEmailBatch([
			message(),
			message({ To: 'anna@' }),
			message({ MessageStream: 'broadcast' }),
			message({ From: 'me@elsewhere.example' }),
		]);
		expect(answers.map(({ ErrorCode }) => ErrorCode)).toEqual([0, 300, 0, 400]);
		expect(answers[1]?.Message).toContain('anna@');
		expect(sandbox.postmark.messages.map(({ stream }) => stream)).toEqual(['outbound', 'broadcast']);
	});

	test('server, servers, streams and bounces', async () => {
		expect(await client.getServer()).toMatchObject({ ID: 1001, Name: 'Production', DeliveryType: 'Live' });
		const account = new AccountClient(sandbox.postmark.accountToken, options());
		expect((await account.getServers({ name: 'stag' })).Servers[0]).toMatchObject({
			DeliveryType: 'Sandbox',
		});
		expect(await account.getServer(1001)).toMatchObject({ Name: 'Production' });
		const streams = await client.getMessageStreams();
		expect(streams.MessageStreams.map(({ ID }) => ID)).toEqual(['outbound', 'broadcast', 'inbound']);
		expect((await client.getMessageStreams({ messageStreamType: 'Broadcasts' })).TotalCount).toBe(1);
		expect((await client.getMessageStream('outbound')).MessageStreamType).toBe('Transactional');
		sandbox.postmark.bounce({ email: 'gone@example.org' });
		sandbox.postmark.bounce({ email: 'full@example.org', type: 'SoftBounce' });
		const inactive = await client.getBounces({ inactive: true });
		expect(inactive.Bounces.map(({ Email }) => Email)).toEqual(['gone@example.org']);
		expect(await client.getBounce(inactive.Bounces[0]?.ID ?? 0)).toMatchObject({ TypeCode: 1 });
		expect(sandbox.postmark.unknownFields).toEqual([]);
	});

	test('its error classes', async () => {
		const refused = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);
		const wrong = new ServerClient('nope', options());
		expect(await refused(wrong.getServer())).toMatchObject({
			name: 'InvalidAPIKeyError',
			code: 10,
			statusCode: 401,
		});
		expect(await refused(client.sendEmail(message({ To: '' })))).toMatchObject({
			name: 'InvalidEmailRequestError',
			code: 300,
			statusCode: 422,
		});
		sandbox.postmark.bounce({ email: 'gone@example.org' });
		const inactive = await refused(client.sendEmail(message({ To: 'GONE@example.org' })));
		expect(inactive).toMatchObject({
			name: 'InactiveRecipientsError',
			code: 406,
			recipients: ['GONE@example.org'],
		});
		const partly = await client.sendEmail(message({ To: 'gone@example.org, anna@example.org' }));
		expect(Errors.InactiveRecipientsError.parseInactiveRecipients(partly.Message)).toEqual([
			'gone@example.org',
		]);
		sandbox.faults.add({ service: 'postmark', kind: 'status', status: 429 });
		expect(await refused(client.getServer())).toMatchObject({ name: 'RateLimitExceededError' });
		sandbox.faults.add({ service: 'postmark', kind: 'status', status: 503 });
		expect(await refused(client.getServer())).toMatchObject({ name: 'ServiceUnavailablerError', code: 100 });
	});

	test('the test token checks and stores nothing', async () => {
		const test = new ServerClient('POSTMARK_API_TEST', options());
		expect((await test.sendEmail(message())).ErrorCode).toBe(0);
		await expect(test.sendEmail(message({ To: 'nope' }))).rejects.toMatchObject({ code: 300 });
		expect(sandbox.postmark.messages).toHaveLength(0);
		expect(sandbox.postmark.testAccepted).toBe(1);
	});
});

test('a search finds a message only after the set delay', async () => {
	sandbox.postmark.settings.searchDelayMs = 60_000;
	await client.sendEmail(message());
	expect((await client.getOutboundMessages()).TotalCount).toBe(0);
	sandbox.postmark.settings.searchDelayMs = 0;
	const today = easternDay(Date.now());
	expect((await client.getOutboundMessages({ fromDate: today, toDate: today })).TotalCount).toBe(1);
	expect((await client.getOutboundMessages({ toDate: '2001-01-01' })).TotalCount).toBe(0);
});
