import { easternDay } from '../../sandbox/services/postmark/eastern';
import { ServerClient } from 'postmark';
import { type Sandbox, startSandbox } from '../../sandbox';
import { postmarkCall } from './client';

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

const today = () => easternDay(Date.now());

describe('statistics', () => {
	beforeEach(async () => {
		const message = (more: object) => ({
			From: 'hr@example.com',
			To: 'a@example.org, b@example.org',
			Subject: 'x',
			HtmlBody: '<a href="https://example.com/1">1</a>',
			TextBody: 'https://example.com/2',
			TrackOpens: true,
			TrackLinks: 'HtmlAndText' as never,
			...more,
		});
		const [first, second] = await client.sendEmailBatch([
			message({ Tag: 'welcome' }),
			message({ Tag: 'other', MessageStream: 'broadcast', TrackLinks: 'None', TrackOpens: false }),
		]);
		const id = first?.MessageID ?? '';
		sandbox.postmark.open(id);
		sandbox.postmark.open(id, { readSeconds: 30 });
		sandbox.postmark.open(id, {
			recipient: 'b@example.org',
			platform: 'Mobile',
			client: { Name: 'Apple Mail' },
			readSeconds: 30,
		});
		sandbox.postmark.click(id);
		sandbox.postmark.click(id);
		sandbox.postmark.click(id, 'https://example.com/2', { platform: 'Mobile', client: { Family: 'Safari' } });
		sandbox.postmark.bounce({ message: second?.MessageID ?? '' });
		sandbox.postmark.complain(second?.MessageID ?? '');
	});

	test('the overview', async () => {
		expect(await client.getOutboundOverview()).toEqual({
			Sent: 4,
			Bounced: 1,
			SMTPApiErrors: 0,
			BounceRate: 25,
			SpamComplaints: 1,
			SpamComplaintsRate: 25,
			Opens: 3,
			UniqueOpens: 2,
			TotalClicks: 3,
			UniqueLinksClicked: 2,
			Tracked: 2,
			WithLinkTracking: 2,
			WithOpenTracking: 2,
			TotalTrackedLinksSent: 4,
			WithClientRecorded: 2,
			WithPlatformRecorded: 2,
			WithReadTimeRecorded: 2,
		});
		expect(await client.getOutboundOverview({ tag: 'welcome' })).toMatchObject({ Sent: 2, Bounced: 0 });
		expect(await client.getOutboundOverview({ messageStream: 'broadcast' })).toMatchObject({
			Sent: 2,
			Opens: 0,
		});
		expect(await client.getOutboundOverview({ toDate: '2020-01-01' })).toMatchObject({
			Sent: 0,
			BounceRate: 0,
		});
	});

	test('each series, by day and in total', async () => {
		const series = async (answer: Promise<unknown>) => {
			const { Days, ...totals } = (await answer) as { Days: unknown[] };
			expect(Days).toEqual([expect.objectContaining({ Date: today() })]);
			return totals;
		};
		expect(await series(client.getSentCounts())).toEqual({ Sent: 4 });
		expect(await series(client.getBounceCounts())).toEqual({ HardBounce: 1 });
		expect(await series(client.getSpamComplaintsCounts())).toEqual({ SpamComplaint: 1 });
		expect(await series(client.getTrackedEmailCounts())).toEqual({ Tracked: 2 });
		expect(await series(client.getEmailOpenCounts())).toEqual({ Opens: 3, Unique: 2 });
		expect(await series(client.getEmailOpenPlatformUsage())).toEqual({
			Desktop: 1,
			WebMail: 0,
			Mobile: 1,
			Unknown: 0,
		});
		expect(await series(client.getEmailOpenClientUsage())).toEqual({ 'Chrome 126.0': 1, 'Apple Mail': 1 });
		expect(await series(client.getEmailOpenReadTimes())).toEqual({ '5s': 1, '20s+': 1 });
		expect(await series(client.getClickCounts())).toEqual({ Clicks: 3, Unique: 2 });
		expect(await series(client.getClickBrowserUsage())).toEqual({ Chrome: 1, Safari: 1 });
		expect(await series(client.getClickPlatformUsage())).toEqual({ Desktop: 1, Mobile: 1, Unknown: 0 });
		expect(await series(client.getClickLocation())).toEqual({ HTML: 1, Text: 1 });
		expect(await client.getSentCounts({ tag: 'nope' })).toEqual({ Days: [] });
		expect((await postmarkCall(sandbox, 'GET', '/stats/outbound?fromdate=soon')).body.ErrorCode).toBe(900);
	});
});

describe('bulk email', () => {
	const request = (more: object = {}) => ({
		From: 'News <hr@example.com>',
		Subject: 'Hello {{name}}',
		TextBody: '{{#city}}In {{.}}{{/city}}',
		MessageStream: 'broadcast',
		Metadata: { run: '7' },
		Messages: [
			{ To: 'a@example.org', TemplateModel: { name: 'Anna', city: '杭州' }, Metadata: { n: '1' } },
			{ To: 'bad@', TemplateModel: {} },
			{ To: 'b@example.org', TemplateModel: { name: 'Bob' } },
		],
		...more,
	});

	test('one request, rendered for each; then its status', async () => {
		await expect(client.sendBulkEmail(request())).rejects.toMatchObject({ code: 405 });
		sandbox.postmark.settings.bulkEnabled = true;
		const sent = await client.sendBulkEmail(request());
		expect(sent).toMatchObject({ Id: expect.any(String), Status: 'Accepted' });
		expect(sandbox.postmark.messages).toMatchObject([
			{ subject: 'Hello Anna', text: 'In 杭州', stream: 'broadcast', metadata: { run: '7', n: '1' } },
		]);
		expect(await client.getBulkEmailStatus(sent.Id)).toMatchObject({
			Status: 'Processing',
			TotalMessages: 3,
		});
		expect(await client.getBulkEmailStatus(sent.Id)).toMatchObject({
			Status: 'Completed',
			PercentageCompleted: 100,
			Subject: 'Hello {{name}}',
		});
		const kept = sandbox.postmark.servers[0]?.bulkRequests.get(sent.Id)?.refused;
		expect(kept?.map(({ to, code }) => [to, code])).toEqual([
			['bad@', 300],
			['b@example.org', 300],
		]);
		await expect(client.getBulkEmailStatus('nope')).rejects.toMatchObject({ statusCode: 404 });
	});

	test('with a template, and what is refused', async () => {
		sandbox.postmark.settings.bulkEnabled = true;
		await client.createTemplate({ Name: 'N', Alias: 'news', Subject: 'Hi {{name}}', TextBody: 'x' });
		const byTemplate = { Subject: undefined, TextBody: undefined, TemplateAlias: 'news' };
		await client.sendBulkEmail(request(byTemplate));
		expect(sandbox.postmark.messages.map(({ subject }) => subject)).toEqual(['Hi Anna', 'Hi Bob']);
		const refused = async (more: object) =>
			(await postmarkCall(sandbox, 'POST', '/email/bulk', request(more))).body.ErrorCode;
		expect(await refused({ MessageStream: 'outbound' })).toBe(1236);
		expect(await refused({ MessageStream: 'nope' })).toBe(1235);
		expect(await refused({ Messages: [] })).toBe(403);
		expect(await refused({ TextBody: '' })).toBe(300);
		expect(await refused({ Subject: '{{#a}}' })).toBe(1122);
		expect(await refused({ ...byTemplate, TemplateAlias: 'nope' })).toBe(1101);
		expect(sandbox.postmark.messages).toHaveLength(2);
	});
});
