import { ServerClient } from 'postmark';
import { type Sandbox, startSandbox } from '../../sandbox';
import { ask, postmarkCall } from './client';

let sandbox: Sandbox;
let client: ServerClient;
beforeAll(async () => {
	sandbox = await startSandbox();
	const options = { requestHost: sandbox.postmark.url.replace('http://', ''), useHttps: false };
	client = new ServerClient(sandbox.postmark.serverToken, options);
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());
afterEach(() => expect(sandbox.postmark.unknownFields).toEqual([]));

const message = (more: object = {}) => ({
	From: 'HR <hr@example.com>',
	To: 'anna@example.org, bob@example.org',
	Subject: 'Hello',
	HtmlBody: '<a href="https://example.com/?a=1&amp;b=2">x</a>',
	TextBody: 'See https://example.com/text.',
	TrackOpens: true,
	TrackLinks: 'HtmlAndText' as never,
	Tag: 'welcome',
	Metadata: { run: '7' },
	...more,
});
const addresses = (...list: string[]) => ({ Suppressions: list.map((EmailAddress) => ({ EmailAddress })) });

describe('message streams', () => {
	test('create, update, archive and take back', async () => {
		const made = await client.createMessageStream({
			ID: 'news',
			Name: 'News',
			MessageStreamType: 'Broadcasts',
			Description: 'Monthly',
		});
		expect(made).toMatchObject({ ID: 'news', ServerID: 1001, Description: 'Monthly', ArchivedAt: null });
		const changed = await client.editMessageStream('news', {
			Name: 'Newsletter',
			SubscriptionManagementConfiguration: { UnsubscribeHandlingType: 'Custom' as never },
		});
		expect(changed).toMatchObject({
			Name: 'Newsletter',
			Description: 'Monthly',
			SubscriptionManagementConfiguration: { UnsubscribeHandlingType: 'Custom' },
		});
		const { ExpectedPurgeDate } = await client.archiveMessageStream('news');
		const days = (Date.parse(ExpectedPurgeDate) - Date.now()) / 86_400_000;
		expect(Math.round(days)).toBe(45);
		await expect(client.sendEmail(message({ MessageStream: 'news' }))).rejects.toMatchObject({ code: 1235 });
		expect((await client.getMessageStreams()).TotalCount).toBe(3);
		expect((await client.getMessageStreams({ includeArchivedStreams: true })).TotalCount).toBe(4);
		expect(await client.unarchiveMessageStream('news')).toMatchObject({ ArchivedAt: null });
		expect((await client.sendEmail(message({ MessageStream: 'news' }))).ErrorCode).toBe(0);
		const [server] = sandbox.postmark.servers;
		const stream = server?.streams.get('news');
		await client.archiveMessageStream('news');
		if (stream) stream.ExpectedPurgeDate = '2020-01-01T00:00:00Z';
		await expect(client.unarchiveMessageStream('news')).rejects.toMatchObject({ code: 1232 });
	});

	const good = { ID: 'news', Name: 'News', MessageStreamType: 'Broadcasts' };
	test.each<[string, object, number]>([
		['no id', { ...good, ID: '' }, 1222],
		['no name', { ...good, Name: undefined }, 1223],
		['another type', { ...good, MessageStreamType: 'Marketing' }, 1221],
		['a long name', { ...good, Name: 'x'.repeat(101) }, 1224],
		['a bad id', { ...good, ID: 'My News' }, 1227],
		['a second inbound stream', { ...good, MessageStreamType: 'Inbound' }, 1228],
		['a taken id', { ...good, ID: 'outbound' }, 1230],
		['a long description', { ...good, Description: 'x'.repeat(1001) }, 1231],
		['a reserved id', { ...good, ID: 'pm-news' }, 1233],
		['HTML in the description', { ...good, Description: '<b>x</b>' }, 1234],
		[
			'broadcasts nobody can leave',
			{ ...good, SubscriptionManagementConfiguration: { UnsubscribeHandlingType: 'None' } },
			403,
		],
	])('refused: %s', async (_what, body, code) => {
		const answer = await postmarkCall(sandbox, 'POST', '/message-streams', body);
		expect([answer.status, answer.body.ErrorCode]).toEqual([422, code]);
	});

	test('ten streams at most; the default ones stay', async () => {
		for (let n = 0; n < 7; n += 1) await client.createMessageStream({ ...good, ID: `news-${n}` });
		await expect(client.createMessageStream(good)).rejects.toMatchObject({ code: 1225 });
		await expect(client.archiveMessageStream('outbound')).rejects.toMatchObject({ code: 1229 });
		await expect(client.archiveMessageStream('nope')).rejects.toMatchObject({ code: 1226 });
	});
});

describe('suppressions', () => {
	test('are honoured, each by its stream, and taken away', async () => {
		const answer = await client.createSuppressions('outbound', addresses('anna@example.org', 'nobody'));
		expect(answer.Suppressions).toEqual([
			{ EmailAddress: 'anna@example.org', Status: 'Suppressed', Message: null },
			{ EmailAddress: 'nobody', Status: 'Failed', Message: expect.stringContaining('invalid') },
		]);
		await expect(client.sendEmail(message({ To: 'Anna@example.org' }))).rejects.toMatchObject({ code: 406 });
		expect((await client.sendEmail(message({ MessageStream: 'broadcast' }))).Message).toBe('OK');
		const gone = await client.deleteSuppressions('outbound', addresses('ANNA@example.org'));
		expect(gone.Suppressions).toEqual([
			{ EmailAddress: 'ANNA@example.org', Status: 'Deleted', Message: null },
		]);
		expect((await client.sendEmail(message())).Message).toBe('OK');
	});

	test('the dump is filtered; a spam complaint stays', async () => {
		sandbox.postmark.bounce({ email: 'hard@example.org' });
		sandbox.postmark.complain({ email: 'spam@example.org' });
		sandbox.postmark.unsubscribe({ email: 'left@example.org' });
		await client.createSuppressions('outbound', addresses('mine@example.org'));
		const dump = async (filter: object) =>
			(await client.getSuppressions('outbound', filter)).Suppressions.map(({ EmailAddress }) => EmailAddress);
		expect(await dump({})).toHaveLength(4);
		expect(await dump({ suppressionReason: 'SpamComplaint' })).toEqual(['spam@example.org']);
		expect(await dump({ origin: 'Customer' })).toEqual(['mine@example.org']);
		expect(await dump({ emailAddress: 'LEFT@example.org' })).toEqual(['left@example.org']);
		expect(await dump({ toDate: '2020-01-01' })).toEqual([]);
		const { Suppressions } = await client.deleteSuppressions('outbound', addresses('spam@example.org'));
		expect(Suppressions[0]).toMatchObject({
			Status: 'Failed',
			Message: expect.stringContaining('authority'),
		});
		expect(await dump({ suppressionReason: 'SpamComplaint' })).toHaveLength(1);
	});

	test('taking a hard bounce away activates the address', async () => {
		const { ID } = sandbox.postmark.bounce({ email: 'hard@example.org' });
		sandbox.postmark.bounce({ email: 'hard@example.org', stream: 'broadcast' });
		await client.deleteSuppressions('outbound', addresses('hard@example.org'));
		expect(await client.getBounce(ID)).toMatchObject({ Inactive: false });
		expect((await client.getBounces({ inactive: true })).Bounces).toMatchObject([
			{ MessageStream: 'broadcast' },
		]);
	});

	test('fifty at once, and only what there is', async () => {
		const many = addresses(...Array.from({ length: 51 }, (_, n) => `p${n}@example.org`));
		await expect(client.createSuppressions('outbound', many)).rejects.toMatchObject({ code: 403 });
		await expect(client.createSuppressions('nope', addresses('a@example.org'))).rejects.toMatchObject({
			code: 1226,
		});
		const query = '/message-streams/outbound/suppressions/dump?SuppressionReason=Bored';
		expect((await postmarkCall(sandbox, 'GET', query)).body.ErrorCode).toBe(403);
	});
});

describe('bounces', () => {
	test('statistics, dump and activation', async () => {
		const { MessageID } = await client.sendEmail(message());
		const bounce = sandbox.postmark.bounce({ message: MessageID, email: 'bob@example.org' });
		sandbox.postmark.bounce({ message: MessageID, type: 'SoftBounce' });
		sandbox.postmark.complain(MessageID);
		const stats = await client.getDeliveryStatistics();
		expect(stats.InactiveMails).toBe(2);
		expect(stats.Bounces).toEqual([
			{ Name: 'All', Count: 3 },
			{ Type: 'HardBounce', Name: 'Hard bounce', Count: 1 },
			{ Type: 'SoftBounce', Name: 'Soft bounce', Count: 1 },
			{ Type: 'SpamComplaint', Name: 'Spam complaint', Count: 1 },
		]);
		expect((await client.getBounceDump(bounce.ID)).Body).toContain('Subject: Hello');
		await expect(client.sendEmail(message({ To: 'bob@example.org' }))).rejects.toMatchObject({ code: 406 });
		const activated = await client.activateBounce(bounce.ID);
		expect(activated).toMatchObject({ Message: 'OK', Bounce: { ID: bounce.ID, Inactive: false } });
		expect((await client.sendEmail(message({ To: 'bob@example.org' }))).ErrorCode).toBe(0);
		const complaint = (await client.getBounces({ type: 'SpamComplaint' as never })).Bounces[0];
		await expect(client.activateBounce(complaint?.ID ?? 0)).rejects.toMatchObject({ code: 1003 });
		await expect(client.getBounceDump(1)).rejects.toMatchObject({ code: 1001 });
	});
});

describe('opens and clicks', () => {
	test('are listed for all messages and for one', async () => {
		const { MessageID } = await client.sendEmail(message());
		const other = await client.sendEmail(message({ Tag: 'other' }));
		sandbox.postmark.open(MessageID);
		sandbox.postmark.open(MessageID, { platform: 'Mobile', client: { Name: 'Apple Mail' } });
		sandbox.postmark.open(other.MessageID, { recipient: 'bob@example.org' });
		sandbox.postmark.click(MessageID);
		sandbox.postmark.click(MessageID, 'https://example.com/text.');
		expect((await client.getMessageOpens()).TotalCount).toBe(3);
		expect((await client.getMessageOpens({ tag: 'other' })).Opens[0]).toMatchObject({
			RecordType: 'Open',
			FirstOpen: true,
			Recipient: 'bob@example.org',
			MessageStream: 'outbound',
		});
		const mobile = await client.getMessageOpens({ platform: 'mobile', client_name: 'Apple Mail' });
		expect(mobile.Opens).toMatchObject([{ FirstOpen: false, MessageID }]);
		expect((await client.getMessageOpensForSingleMessage(MessageID)).TotalCount).toBe(2);
		const clicks = await client.getMessageClicksForSingleMessage(MessageID);
		expect(clicks.Clicks.map(({ OriginalLink, ClickLocation }) => [OriginalLink, ClickLocation])).toEqual([
			['https://example.com/text.', 'Text'],
			['https://example.com/?a=1&b=2', 'HTML'],
		]);
		const { MessageEvents } = await client.getOutboundMessageDetails(MessageID);
		expect(MessageEvents.map(({ Type }) => Type)).toEqual([
			'Delivered',
			'Delivered',
			'Opened',
			'Opened',
			'LinkClicked',
			'LinkClicked',
		]);
		await expect(client.getMessageOpensForSingleMessage('nope')).rejects.toMatchObject({ code: 701 });
	});

	test('cannot happen where nothing is tracked', async () => {
		const { MessageID } = await client.sendEmail(message({ TrackOpens: false, TrackLinks: 'None' }));
		expect(() => sandbox.postmark.open(MessageID)).toThrow('TrackOpens');
		expect(() => sandbox.postmark.click(MessageID)).toThrow('TrackLinks');
		const tracked = await client.sendEmail(message({ TrackLinks: 'HtmlOnly' }));
		expect(() => sandbox.postmark.click(tracked.MessageID, 'https://example.com/text.')).toThrow(
			'no tracked link',
		);
		expect(() => sandbox.postmark.open(tracked.MessageID, { recipient: 'x@y.zz' })).toThrow('x@y.zz');
	});

	test('a bounced recipient is not shown as reached', async () => {
		const { MessageID } = await client.sendEmail(message());
		sandbox.postmark.bounce({ message: MessageID, email: 'bob@example.org' });
		const { MessageEvents } = await client.getOutboundMessageDetails(MessageID);
		expect(MessageEvents.map(({ Type, Recipient }) => `${Type} ${Recipient}`)).toEqual([
			'Delivered anna@example.org',
			'Bounced bob@example.org',
			'SubscriptionChanged bob@example.org',
		]);
	});
});

test('only 10,000 messages can be reached by a search', async () => {
	expect((await postmarkCall(sandbox, 'GET', '/messages/outbound?count=500&offset=9500')).status).toBe(200);
	const { body } = await postmarkCall(sandbox, 'GET', '/messages/outbound?count=500&offset=9501');
	expect(body).toEqual({ ErrorCode: 700, Message: expect.stringContaining('10000') });
});

test('a request without a body needs no content type; Alimail minds case and slashes, Postmark does not', async () => {
	const headers = { accept: 'application/json', 'x-postmark-server-token': sandbox.postmark.serverToken };
	expect((await ask(`${sandbox.postmark.url}/Server/`, { headers })).status).toBe(200);
	const archived = await ask(`${sandbox.postmark.url}/message-streams/broadcast/archive`, {
		method: 'POST',
		headers,
	});
	expect(archived.status).toBe(200);
	const token = { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }) };
	expect((await ask(`${sandbox.alimail.url}/oauth2/v2.0/token`, token)).status).not.toBe(404);
	expect((await ask(`${sandbox.alimail.url}/oauth2/v2.0/Token`, token)).status).toBe(404);
	expect((await ask(`${sandbox.alimail.url}/oauth2/v2.0/token/`, token)).status).toBe(404);
});
