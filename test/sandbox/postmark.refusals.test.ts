import { ServerClient } from 'postmark';
import { type Sandbox, startSandbox } from '../../sandbox';
import { postmarkCall } from './client';

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

describe('refusals', () => {
	const MB = 1024 * 1024;
	const file = (more: object) => ({
		Attachments: [{ Name: 'a.txt', Content: 'aGk=', ContentType: 'text/plain', ...more }],
	});
	const many = Array.from({ length: 51 }, (_, n) => `p${n}@example.org`).join(',');
	test.each<[string, object, number, string]>([
		['no From', { From: undefined }, 300, 'From'],
		['an unconfirmed sender', { From: 'unconfirmed@example.org' }, 401, 'unconfirmed@example.org'],
		['a foreign sender', { From: 'a@elsewhere.example' }, 400, 'a@elsewhere.example'],
		['no To', { To: undefined }, 300, 'recipients'],
		['a bad address among good ones', { Cc: 'ok@example.org, bad@x' }, 300, "'bad@x'"],
		['an empty place in the list', { To: 'a@example.org,,b@example.org' }, 300, "''"],
		['an unquoted comma in a name', { To: 'Li, Wei <li@example.org>' }, 300, "'Li'"],
		['51 recipients', { To: many }, 300, '50'],
		['no body', { TextBody: '' }, 300, 'TextBody or HtmlBody'],
		['a number for a text', { Subject: 7 }, 403, 'Subject'],
		['a line break in the subject', { Subject: 'a\nBcc: x@y.zz' }, 300, 'Subject'],
		['a line break in a header', { Headers: [{ Name: 'X-A', Value: 'a\r\nb' }] }, 300, 'X-A'],
		['another TrackLinks', { TrackLinks: 'Html' }, 403, 'TrackLinks'],
		['a long tag', { Tag: 'x'.repeat(1001) }, 300, 'Tag'],
		[
			'11 metadata',
			{ Metadata: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`k${n}`, 'v'])) },
			300,
			'10',
		],
		['a metadata key of 21', { Metadata: { ['k'.repeat(21)]: 'v' } }, 300, 'key'],
		['a metadata value of 81', { Metadata: { k: 'v'.repeat(81) } }, 300, "'k'"],
		['a metadata list', { Metadata: { k: [7] } }, 403, "'k'"],
		['an unknown stream', { MessageStream: 'news' }, 1235, 'news'],
		['the inbound stream', { MessageStream: 'inbound' }, 1236, 'inbound'],
		['a forbidden attachment', file({ Name: 'Setup.EXE' }), 411, 'Setup.EXE'],
		['an attachment that is not base64', file({ Content: 'a#b=' }), 300, 'base64'],
		['an attachment without a type', file({ ContentType: undefined }), 403, 'ContentType'],
		['a body over 5 MB', { HtmlBody: 'x'.repeat(5 * MB + 1) }, 300, 'HtmlBody'],
	])('%s', async (_what, change, code, words) => {
		const { status, body } = await postmarkCall(sandbox, 'POST', '/email', message(change));
		expect(body).toEqual({ ErrorCode: code, Message: expect.stringContaining(words) });
		expect(status).toBe(422);
		expect(sandbox.postmark.messages).toHaveLength(0);
	});

	test('a message over 10 MB is 413 alone, and refused by itself in a batch', async () => {
		const big = message(file({ Content: 'A'.repeat(10 * MB + 4) }));
		expect((await postmarkCall(sandbox, 'POST', '/email', big)).status).toBe(413);
		const { status, body } = await postmarkCall<Array<{ ErrorCode: number }>>(
			sandbox,
			'POST',
			'/email/batch',
			[big, message()],
		);
		expect([status, body.map(({ ErrorCode }) => ErrorCode)]).toEqual([200, [300, 0]]);
	});

	test('batches: 501 messages, 50 MB, and what is no array', async () => {
		const batch = async (body: unknown) => await postmarkCall(sandbox, 'POST', '/email/batch', body);
		expect((await batch(Array.from({ length: 501 }, () => message()))).body.ErrorCode).toBe(410);
		expect((await batch(`[${' '.repeat(50 * MB)}]`)).status).toBe(413);
		expect((await batch({ Messages: [message()] })).body.ErrorCode).toBe(402);
		expect((await batch('{')).body.ErrorCode).toBe(402);
		expect((await batch(Array.from({ length: 500 }, () => message()))).status).toBe(200);
		expect(sandbox.postmark.messages).toHaveLength(500);
	});

	test('tokens: missing, wrong, and the wrong kind', async () => {
		const account = { 'x-postmark-account-token': sandbox.postmark.accountToken };
		for (const token of ['', 'nope', sandbox.postmark.accountToken, 'POSTMARK_API_TEST']) {
			const answer = await postmarkCall(sandbox, 'GET', '/server', undefined, {
				'x-postmark-server-token': token,
			});
			expect([answer.status, answer.body.ErrorCode]).toEqual([401, 10]);
		}
		expect((await postmarkCall(sandbox, 'GET', '/servers?count=1&offset=0')).status).toBe(401);
		const swapped = { 'x-postmark-account-token': sandbox.postmark.serverToken };
		expect((await postmarkCall(sandbox, 'GET', '/servers?count=1&offset=0', undefined, swapped)).status).toBe(
			401,
		);
		expect((await postmarkCall(sandbox, 'GET', '/servers?count=1&offset=0', undefined, account)).status).toBe(
			200,
		);
	});

	test('headers: Accept and Content-Type have to be JSON', async () => {
		const accept = await postmarkCall(sandbox, 'GET', '/server', undefined, { accept: '*/*' });
		expect([accept.status, accept.body.ErrorCode]).toEqual([422, 409]);
		const type = await postmarkCall(sandbox, 'POST', '/email', message(), { 'content-type': 'text/plain' });
		expect([type.status, type.body.ErrorCode]).toEqual([415, 409]);
	});

	test('lists need count and offset, in their limits', async () => {
		for (const query of [
			'',
			'count=10',
			'count=501&offset=0',
			'count=500&offset=9501',
			'count=1&offset=0&status=lost',
		]) {
			expect((await postmarkCall(sandbox, 'GET', `/messages/outbound?${query}`)).body.ErrorCode).toBe(700);
		}
		expect((await postmarkCall(sandbox, 'GET', '/bounces?count=1&offset=0&type=Lost')).body.ErrorCode).toBe(
			1000,
		);
		expect((await postmarkCall(sandbox, 'GET', '/messages/outbound/nope/details')).body.ErrorCode).toBe(701);
		expect((await postmarkCall(sandbox, 'GET', '/message-streams/nope')).body).toEqual({
			ErrorCode: 1226,
			Message: "The message stream for the provided 'ID' was not found.",
		});
		expect((await postmarkCall(sandbox, 'GET', '/message-streams/nope')).status).toBe(422);
		expect((await postmarkCall(sandbox, 'GET', '/nothing')).status).toBe(404);
	});

	test('a pending account reaches its own domain only', async () => {
		sandbox.postmark.settings.accountPending = true;
		await expect(client.sendEmail(message())).rejects.toMatchObject({ code: 412 });
		expect((await client.sendEmail(message({ To: 'x@example.com' }))).ErrorCode).toBe(0);
	});

	test('unknown fields and parameters are ignored, but remembered', async () => {
		await postmarkCall(sandbox, 'POST', '/email', message({ Subjekt: 'x', ...file({ Inline: true }) }));
		await postmarkCall(sandbox, 'GET', '/messages/outbound?count=1&offset=0&page=2');
		expect(sandbox.postmark.messages).toHaveLength(1);
		expect(sandbox.postmark.unknownFields.sort()).toEqual([
			'GET /messages/outbound?page',
			'POST /email: Attachments[].Inline',
			'POST /email: Subjekt',
		]);
	});
});
