import { useSandbox } from '../../../support/services';
import { asked, bytesOf, lastQuery, perform, refusal, sendMany } from '../operations';

const sandbox = useSandbox();

describe('Message → Get Many', () => {
	test('finds sent emails by all that they can be found by', async () => {
		await sendMany(sandbox.current, [
			{ Subject: 'Welcome', Tag: 'welcome', Metadata: { order: '4711', shop: 'A' } },
			{ Subject: 'Receipt 4711', To: 'li@yunhe.example', From: 'shop@yunhe.example' },
			{ Subject: 'News', MessageStream: 'broadcast' },
		]);
		const found = async (filters: Record<string, unknown>) =>
			(await perform(sandbox.current, 'message.getAll', { filters: filters as never, limit: 50 })).rows.map(
				({ Subject }) => Subject,
			);
		expect(await found({})).toEqual(['News', 'Receipt 4711', 'Welcome']);
		expect(await found({ tag: 'welcome' })).toEqual(['Welcome']);
		expect(await found({ recipient: 'li@yunhe.example' })).toEqual(['Receipt 4711']);
		expect(await found({ fromEmail: 'shop@yunhe.example' })).toEqual(['Receipt 4711']);
		expect(await found({ subject: 'receipt' })).toEqual(['Receipt 4711']);
		expect(await found({ messageStream: 'broadcast' })).toEqual(['News']);
		expect(await found({ status: 'queued' })).toEqual([]);
		const metadata = (...entry: object[]) => ({ metadata: { entry } });
		expect(await found(metadata({ name: 'order', value: '4711' }))).toEqual(['Welcome']);
		expect(await found(metadata({ name: 'order', value: '4711' }, { name: 'shop', value: 'B' }))).toEqual([]);
	});

	test('reads page after page, and stops at the limit', async () => {
		await sendMany(
			sandbox.current,
			Array.from({ length: 500 }, () => ({})),
		);
		await sendMany(
			sandbox.current,
			Array.from({ length: 101 }, () => ({})),
		);
		sandbox.current.requests.clear();
		const all = await perform(sandbox.current, 'message.getAll', { returnAll: true });
		expect(new Set(all.rows.map(({ MessageID }) => MessageID)).size).toBe(601);
		expect(asked(sandbox.current)).toEqual([
			'GET /messages/outbound?offset=0&count=500',
			'GET /messages/outbound?offset=500&count=500',
		]);
		expect((await perform(sandbox.current, 'message.getAll', { limit: 7 })).rows).toHaveLength(7);
		expect(lastQuery(sandbox.current)).toEqual({ offset: '0', count: '7' });
	});

	test.each([
		['a day stays a day', '2026-02-01', '2026-02-01'],
		[
			'a time is told in the zone that Postmark reckons in, in winter',
			'2026-02-01T12:00:00',
			'2026-02-01T07:00:00',
		],
		['and in summer', '2026-07-01T12:00:00Z', '2026-07-01T08:00:00'],
		['with an offset of its own', '2026-02-01T12:00:00+08:00', '2026-01-31T23:00:00'],
		['as a date of an expression', '={{ DateTime.fromISO("2026-02-01T12:00:00Z") }}', '2026-02-01T07:00:00'],
	])('dates: %s', async (_, given, sent) => {
		await perform(sandbox.current, 'message.getAll', { filters: { fromDate: given } });
		expect(lastQuery(sandbox.current).fromdate).toBe(sent);
	});

	test('a date that is none is named, and nothing is asked', async () => {
		const { message, details } = await refusal(sandbox.current, 'message.getAll', {
			filters: { fromDate: '31.12.2026' },
		});
		expect(message).toBe("'From Date' is not a date: “31.12.2026” [item 0]");
		expect(details.remedy).toContain('2026-11-21');
		expect(asked(sandbox.current)).toEqual([]);
	});

	test('dates in the wrong order are named', async () => {
		const filters = { fromDate: '2026-02-02', toDate: '2026-02-01' };
		const { message } = await refusal(sandbox.current, 'message.getAll', { filters });
		expect(message).toBe("'To Date' lies before 'From Date' [item 0]");
	});

	test('says how many match when it is more than the search reaches, before it gives any out', async () => {
		for (let i = 0; i < 21; i++)
			await sendMany(
				sandbox.current,
				Array.from({ length: 500 }, () => ({ HtmlBody: 'x' })),
			);
		const { message, description, details } = await refusal(sandbox.current, 'message.getAll', {
			returnAll: true,
		});
		expect(message).toBe(
			'10,500 emails match, and Postmark’s search reaches only the first 10,000 of them [item 0]',
		);
		expect(description).toContain('Narrow it');
		expect(details).toMatchObject({ field: 'Filters', service: 'Postmark' });
		const newest = await perform(sandbox.current, 'message.getAll', { limit: 10_000 });
		expect(newest.rows).toHaveLength(10_000);
	});
});

describe('Message → Get, Get Source', () => {
	test('gives one email with what became of it', async () => {
		const [id] = await sendMany(sandbox.current, [{ Tag: 'welcome' }]);
		const { rows } = await perform(sandbox.current, 'message.get', { messageId: id! });
		expect(rows).toEqual([expect.objectContaining({ MessageID: id, Tag: 'welcome', Subject: 'Welcome' })]);
		expect(rows[0]!.MessageEvents).toEqual([expect.objectContaining({ Recipient: 'ana@yunhe.example' })]);
	});

	test('an ID that Postmark does not know is a plain error', async () => {
		const { message, details } = await refusal(sandbox.current, 'message.get', { messageId: 'nobody' });
		expect(message).toBe('Postmark does not know this message [item 0]');
		expect(details).toMatchObject({ code: '701', outcome: 'refused' });
	});

	test('an ID cannot lead to another address', async () => {
		await refusal(sandbox.current, 'message.get', { messageId: '../../server' });
		expect(asked(sandbox.current)).toEqual(['GET /messages/outbound/..%2F..%2Fserver/details']);
	});

	test('the source comes as text, or as a file that mail programs open', async () => {
		const [id] = await sendMany(sandbox.current, [{ Subject: 'Grüße 你好' }]);
		const text = await perform(sandbox.current, 'message.getDump', { messageId: id! });
		expect(text.rows[0]).toEqual({ MessageID: id, Body: expect.stringContaining('Subject: ') });
		const file = await perform(sandbox.current, 'message.getDump', {
			messageId: id!,
			asFile: true,
			binaryField: 'mail',
		});
		expect(file.items[0]!.binary!.mail).toMatchObject({ fileName: `${id}.eml`, mimeType: 'message/rfc822' });
		expect(file.items[0]!.json).toEqual({ MessageID: id });
		expect(file.items[0]!.pairedItem).toEqual({ item: 0 });
		expect(bytesOf(file.items[0]!, 'mail').toString()).toBe(text.rows[0]!.Body);
	});
});

describe('Message → Get Opens, Get Clicks', () => {
	test('of one email, and of all that match', async () => {
		const tracked = { TrackOpens: true, TrackLinks: 'HtmlAndText' };
		const [first, second] = await sendMany(sandbox.current, [
			{ ...tracked, Tag: 'a' },
			{ ...tracked, To: 'li@yunhe.example' },
		]);
		const { postmark } = sandbox.current;
		postmark.open(first!);
		postmark.open(second!);
		postmark.click(second!);
		const of = async (operation: string, parameters: Record<string, unknown>) =>
			(await perform(sandbox.current, operation, parameters as never)).rows.map(({ MessageID }) => MessageID);
		expect(await of('message.getOpens', { scope: 'one', messageId: first })).toEqual([first]);
		expect(await of('message.getClicks', { scope: 'one', messageId: first })).toEqual([]);
		expect((await of('message.getOpens', { scope: 'all' })).sort()).toEqual([first, second].sort());
		expect(await of('message.getOpens', { scope: 'all', filters: { tag: 'a' } })).toEqual([first]);
		const clicks = await of('message.getClicks', {
			scope: 'all',
			filters: { recipient: 'li@yunhe.example', messageStream: 'outbound' },
		});
		expect(clicks).toEqual([second]);
	});

	test('every filter reaches Postmark under its own name', async () => {
		const names = {
			clientName: 'client_name',
			clientCompany: 'client_company',
			clientFamily: 'client_family',
			osName: 'os_name',
			osFamily: 'os_family',
			osCompany: 'os_company',
			platform: 'platform',
			country: 'country',
			region: 'region',
			city: 'city',
		};
		const filters = {
			...Object.fromEntries(Object.keys(names).map((name) => [name, `some ${name}`])),
			platform: 'webmail',
		};
		await perform(sandbox.current, 'message.getOpens', { scope: 'all', filters });
		expect(lastQuery(sandbox.current)).toEqual({
			...Object.fromEntries(Object.entries(names).map(([name, parameter]) => [parameter, `some ${name}`])),
			platform: 'webmail',
			offset: '0',
			count: '50',
		});
	});
});
