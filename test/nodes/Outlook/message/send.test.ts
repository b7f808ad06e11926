import { randomBytes } from 'node:crypto';
import { Attempts } from '../../../../core/connection/attempts';
import { patience } from '../../../../nodes/Outlook/message/dayLimit';
import { lag } from '../../../../nodes/Outlook/message/deliver';
import { NODE } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { asked, problem, rows, run, withRoomForFiles } from '../support';

const sandbox = useSandbox();
withRoomForFiles();
const MAIL = {
	to: 'Ben <ben@contoso.example>, guest@elsewhere.example',
	subject: 'Hi',
	html: '<p>Hi</p>',
	once: true,
};
const PAUSES_MS = lag.pausesMs;
const sent = () => sandbox.current.outlook.post.sent;
const drafts = () => sandbox.current.outlook.mailbox().messages.in('drafts');
const file = (content: Buffer, fileName = 'a.bin', mimeType = 'application/octet-stream') => ({
	data: content.toString('base64'),
	fileName,
	mimeType,
});

test('as a draft that goes: in two requests, with an ID that finds it in Sent Items', async () => {
	const [row] = await rows(sandbox.current, 'message.send', MAIL);
	expect(asked(sandbox.current)).toEqual(['POST /v1.0/$batch', 'POST /v1.0/$batch']);
	expect(row).toMatchObject({
		sent: true,
		subject: 'Hi',
		internetMessageId: expect.stringMatching(/^<.+>$/),
	});
	expect(sent()).toMatchObject([{ to: ['ben@contoso.example', 'guest@elsewhere.example'] }]);
	const [found] = await rows(sandbox.current, 'message.get', { messageId: row!.id, output: 'raw' });
	expect(found).toMatchObject({ id: row!.id, isDraft: false, parentFolderId: 'sentitems' });
});

test('a file without a name is called after its field; a picture by another name is told', async () => {
	const binary = {
		data: file(Buffer.from('x'), '', 'application/pdf'),
		logo: file(Buffer.from('img'), 'l.png', 'image/png'),
	};
	const options = { attachments: 'data', inlineImages: 'logo' };
	const form = { ...MAIL, html: '<img src="cid:l.png"><img src="cid:logo">', options };
	const done = await run(sandbox.current, 'message.send', form, { items: [{ binary }] });
	expect(done.error).toBeUndefined();
	expect(done.hints(NODE)).toEqual([expect.stringMatching(/shows “cid:l\.png”.*Write “cid:logo” instead/)]);
	expect(sent()[0]!.attachments.map(({ props }) => props.name)).toEqual(['data.pdf', 'l.png']);
});

test('people may come from an expression as a list: of texts, or as Outlook writes them', async () => {
	const to = [
		'Ben <ben@contoso.example>',
		{ emailAddress: { name: '安娜, "A"', address: 'ana@elsewhere.example' } },
	];
	const form = { ...MAIL, to: '={{ $json.to }}', options: { cc: '={{ $json.cc }}' } };
	const json = { to, cc: [{ name: 'C', address: 'c@elsewhere.example' }] };
	await rows(sandbox.current, 'message.send', form, { items: [{ json }] });
	expect(sent()).toMatchObject([
		{ to: ['ben@contoso.example', 'ana@elsewhere.example', 'c@elsewhere.example'] },
	]);
	for (const nobody of [[], [''], [{ id: 1 }]]) {
		const { details } = await problem(sandbox.current, 'message.send', form, {
			items: [{ json: { to: nobody } }],
		});
		expect(details).toMatchObject({ field: 'To', item: 0 });
	}
	expect(sent()).toHaveLength(1);
});

test('without that, a small one takes one request', async () => {
	const [row] = await rows(sandbox.current, 'message.send', { ...MAIL, once: false });
	expect(row).toMatchObject({ sent: true, subject: 'Hi' });
	expect(asked(sandbox.current)).toEqual(['POST /v1.0/$batch']);
	expect(sent()).toHaveLength(1);
});

describe('without a copy in Sent Items', () => {
	const NO_COPY = { ...MAIL, options: { save: false } };
	const kept = () => [...sandbox.current.outlook.mailbox().messages.items.values()];
	beforeEach(() => {
		lag.pausesMs = [10, 20];
	});
	afterAll(() => {
		lag.pausesMs = PAUSES_MS;
	});

	test.each([
		['as a draft that goes', { once: true }, 2],
		['in one request', { once: false }, 1],
	])('%s: it arrives, and nothing stays', async (_, more, requests) => {
		const [row] = await rows(sandbox.current, 'message.send', { ...NO_COPY, ...more });
		expect(asked(sandbox.current)).toHaveLength(requests);
		expect(row).toMatchObject({ sent: true, subject: 'Hi' });
		expect(row).not.toHaveProperty('id');
		expect(sent()).toMatchObject([{ to: ['ben@contoso.example', 'guest@elsewhere.example'] }]);
		expect(kept()).toEqual([]);
	});

	test('one with a large file, and one that waits for its time', async () => {
		const binary = { data: file(randomBytes(2_500_000)) };
		const sendAt = new Date(Date.now() + 3_600_000).toISOString();
		await rows(
			sandbox.current,
			'message.send',
			{ ...NO_COPY, options: { save: false, attachments: 'data' } },
			{ items: [{ binary }] },
		);
		expect(kept()).toEqual([]);
		const form = { ...NO_COPY, options: { save: false, sendAt } };
		const [row] = await rows(sandbox.current, 'message.send', form);
		expect(row).toMatchObject({ id: expect.any(String) });
		expect(kept()).toHaveLength(1);
		sandbox.current.outlook.moveMinutes(61);
		expect(sent()).toHaveLength(2);
		expect(kept()).toEqual([]);
	});

	test.each([
		['after it had gone', 'resetAfter' as const],
		['before it had gone', 'resetBefore' as const],
	])('whose answer got lost %s: it goes once', async (_, kind) => {
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind, after: 1 });
		const [row] = await rows(sandbox.current, 'message.send', NO_COPY);
		expect(row).toMatchObject({ sent: true });
		expect(sent()).toHaveLength(1);
		expect(kept()).toEqual([]);
	});

	test('in one request whose answer got lost: nobody can look, and it says so', async () => {
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
		const { details } = await problem(sandbox.current, 'message.send', { ...NO_COPY, once: false });
		expect(details).toMatchObject({
			outcome: 'unknown',
			canRetry: false,
			remedy: expect.stringMatching(/Ask somebody who should have got it/),
		});
	});
});

test('everything of the form arrives: people, headers, importance, categories, receipts, files, images', async () => {
	const options = {
		cc: 'c@elsewhere.example',
		bcc: 'd@elsewhere.example',
		replyTo: 'help@contoso.example',
		importance: 'high',
		categories: 'Invoice, "To Check"',
		readReceipt: true,
		deliveryReceipt: true,
		headers: { header: [{ name: 'X-Order', value: '4711' }] },
		attachments: 'data',
		inlineImages: 'logo',
	};
	const binary = {
		data: file(Buffer.from('hello'), 'Grüße.txt', 'text/plain'),
		logo: file(Buffer.from('img'), 'l.png', 'image/png'),
	};
	await rows(sandbox.current, 'message.send', { ...MAIL, options }, { items: [{ binary }] });
	expect(sent()[0]).toMatchObject({
		to: ['ben@contoso.example', 'guest@elsewhere.example', 'c@elsewhere.example', 'd@elsewhere.example'],
		props: {
			toRecipients: [{ emailAddress: { name: 'Ben', address: 'ben@contoso.example' } }, {}],
			replyTo: [{ emailAddress: { address: 'help@contoso.example' } }],
			importance: 'high',
			categories: ['Invoice', 'To Check'],
			isReadReceiptRequested: true,
			isDeliveryReceiptRequested: true,
			internetMessageHeaders: [{ name: 'X-Order', value: '4711' }],
		},
	});
	expect(
		sent()[0]!.attachments.map(({ props, content }) => [
			props.name,
			props.isInline ?? false,
			props.contentId,
			String(content),
		]),
	).toEqual([
		['Grüße.txt', false, undefined, 'hello'],
		['l.png', true, 'logo', 'img'],
	]);
});

test('a large file goes piece by piece, none over 4 MB, and arrives whole', async () => {
	const content = randomBytes(9_000_001);
	const binary = { data: file(content, 'big.bin') };
	await rows(
		sandbox.current,
		'message.send',
		{ ...MAIL, options: { attachments: 'data' } },
		{ items: [{ binary }] },
	);
	expect(sent()[0]!.attachments[0]!.content.equals(content)).toBe(true);
	expect(sandbox.current.outlook.uploads.largest).toBeLessThanOrEqual(4 * 1024 * 1024);
	expect(asked(sandbox.current).filter((line) => line.startsWith('PUT /upload/'))).toHaveLength(3);
});

test.each([
	['resetBefore', 0],
	['resetAfter', 0],
	['resetAfter', 1],
	['resetAfter', 2],
] as const)(
	'a piece of an upload with %s after %d others: the file arrives whole, and once',
	async (kind, after) => {
		const content = randomBytes(9_000_001);
		sandbox.current.faults.add({ service: 'outlook', method: 'PUT', kind, after });
		const binary = { data: file(content, 'big.bin') };
		await rows(
			sandbox.current,
			'message.send',
			{ ...MAIL, options: { attachments: 'data' } },
			{ items: [{ binary }] },
		);
		expect(sent()).toHaveLength(1);
		expect(sent()[0]!.attachments.map((one) => one.content.equals(content))).toEqual([true]);
	},
);

test.each([
	['429', { kind: 'status', status: 429, headers: { 'retry-after': '9' } }, 9_000],
	['503', { kind: 'status', status: 503, headers: { 'retry-after': '9' } }, 9_000],
	[
		'more than any request waits',
		{ kind: 'status', status: 429, headers: { 'retry-after': '9999' } },
		600_000,
	],
] as const)('a piece waits as long as Outlook asks for: %s', async (_, fault, ms) => {
	const waits: number[] = [];
	jest.spyOn(Attempts.prototype, 'pause').mockImplementation(async (wait) => void waits.push(wait));
	const content = randomBytes(5_000_000);
	sandbox.current.faults.add({ service: 'outlook', method: 'PUT', after: 1, ...fault });
	const form = { ...MAIL, options: { attachments: 'data' } };
	await rows(sandbox.current, 'message.send', form, { items: [{ binary: { data: file(content) } }] });
	expect(waits).toEqual([ms]);
	expect(sent()[0]!.attachments.map((one) => one.content.equals(content))).toEqual([true]);
});

test.each([
	['which Outlook says', undefined],
	['of which the answer got lost', 'resetAfter'],
] as const)('of a piece a part is taken, %s: the upload goes on behind it', async (_, kind) => {
	sandbox.current.outlook.settings.pieceBytes = 1_500_000;
	const content = randomBytes(5_000_001);
	if (kind) sandbox.current.faults.add({ service: 'outlook', method: 'PUT', kind });
	const form = { ...MAIL, options: { attachments: 'data' } };
	await rows(sandbox.current, 'message.send', form, { items: [{ binary: { data: file(content) } }] });
	expect(sent()[0]!.attachments.map((one) => one.content.equals(content))).toEqual([true]);
	const looked = asked(sandbox.current).filter((line) => line.startsWith('GET /upload/'));
	expect(looked).toHaveLength(kind ? 1 : 0);
});

test.each([
	['a page of a proxy with HTTP 200', { kind: 'html', status: 200 }, 'HTTP 200'],
	[
		'the same piece wanted again and again',
		{ kind: 'status', status: 200, body: { nextExpectedRanges: ['0-'] } },
		'HTTP 200',
	],
	['what no second try helps', { kind: 'status', status: 403 }, 'HTTP 403'],
] as const)('%s: given up in the end, nothing is sent, no draft is left', async (_, fault, said) => {
	jest.spyOn(Attempts.prototype, 'pause').mockResolvedValue();
	sandbox.current.faults.add({ service: 'outlook', method: 'PUT', times: 100, ...fault });
	const { error } = await problem(
		sandbox.current,
		'message.send',
		{ ...MAIL, options: { attachments: 'data' } },
		{ items: [{ binary: { data: file(randomBytes(5_000_000), 'big.bin') } }] },
	);
	expect(error).toContain('“big.bin” could not be uploaded');
	expect(error).toContain(said);
	expect(sent()).toEqual([]);
	expect(drafts()).toEqual([]);
	const pieces = asked(sandbox.current).filter((line) => line.startsWith('PUT /upload/'));
	expect(pieces.length).toBeLessThan(6);
});

test('a file larger than the mailbox takes: nothing is sent, and no draft is left behind', async () => {
	const binary = { data: file(Buffer.alloc(36 * 1024 * 1024), 'big.bin') };
	const { error, details } = await problem(
		sandbox.current,
		'message.send',
		{ ...MAIL, options: { attachments: 'data' } },
		{ items: [{ binary }] },
	);
	expect(error).toBe('The message is larger than the mailbox allows');
	expect(details).toMatchObject({
		code: 'ErrorMessageSizeExceeded',
		field: 'Attachments',
		outcome: 'refused',
	});
	expect(sent()).toEqual([]);
	expect(drafts()).toEqual([]);
});

describe('answers that get lost', () => {
	test.each([
		['of the draft', 0],
		['of the sending', 1],
	])('%s: the message goes once', async (_, after) => {
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter', after });
		const [row] = await rows(sandbox.current, 'message.send', MAIL);
		expect(row).toMatchObject({ sent: true });
		expect(sent()).toHaveLength(1);
		expect(drafts()).toEqual([]);
	});

	test.each([
		['in one request each', 2_500_000],
		['piece by piece', 5_000_000],
	])('of the second of two files with one name, %s: both arrive', async (_, bytes) => {
		const [one, two] = [randomBytes(bytes), randomBytes(bytes)];
		const binary = { one: file(one, 'scan.pdf'), two: file(two, 'scan.pdf') };
		// After the second file was taken, or its last piece.
		const large = bytes > 3_000_000;
		sandbox.current.faults.add({
			service: 'outlook',
			...(large ? { method: 'PUT' } : { path: /\/attachments$/, method: 'POST' }),
			kind: 'resetAfter',
			after: large ? 3 : 1,
		});
		const form = { ...MAIL, options: { attachments: 'one,two' } };
		await rows(sandbox.current, 'message.send', form, { items: [{ binary }] });
		expect(sent()).toHaveLength(1);
		expect(
			sent()[0]!.attachments.map(({ content }) => [one, two].findIndex((each) => each.equals(content))),
		).toEqual([0, 1]);
	});

	test('of the second of two files with one name, which never arrived: it is sent again', async () => {
		const [one, two] = [randomBytes(2_500_000), randomBytes(2_500_000)];
		const binary = { one: file(one, 'scan.pdf'), two: file(two, 'scan.pdf') };
		sandbox.current.faults.add({
			service: 'outlook',
			path: /\/attachments$/,
			method: 'POST',
			kind: 'resetBefore',
			after: 1,
		});
		await rows(
			sandbox.current,
			'message.send',
			{ ...MAIL, options: { attachments: 'one,two' } },
			{ items: [{ binary }] },
		);
		expect(
			sent()[0]!.attachments.map(({ content }) => [one, two].findIndex((each) => each.equals(content))),
		).toEqual([0, 1]);
	});

	test('Sent Items that are behind do not make it go twice', async () => {
		sandbox.current.outlook.settings.sentItemsLagMs = 1_000;
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter', after: 1 });
		await rows(sandbox.current, 'message.send', MAIL);
		expect(sent()).toHaveLength(1);
	});

	test('without Prevent Double Sending the outcome is told as unknown, with where to look', async () => {
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter' });
		const { details } = await problem(sandbox.current, 'message.send', { ...MAIL, once: false });
		expect(details).toMatchObject({
			outcome: 'unknown',
			canRetry: false,
			remedy: expect.stringContaining('Sent Items'),
		});
		expect(sent()).toHaveLength(1);
	});
});

test('throttled parts alone are sent again, each once', async () => {
	const items = Array.from({ length: 12 }, (_, i) => ({ json: { to: `p${i}@elsewhere.example` } }));
	sandbox.current.outlook.settings.throttleEvery = 5;
	const done = await run(sandbox.current, 'message.send', { ...MAIL, to: '={{ $json.to }}' }, { items });
	expect(done.error).toBeUndefined();
	expect(sandbox.current.outlook.throttled.length).toBeGreaterThan(0);
	expect(
		sent()
			.map(({ to }) => to[0])
			.sort(),
	).toEqual(items.map(({ json }) => json.to).sort());
});

test('the pace of a mailbox is kept before Exchange has to hold anything back', async () => {
	sandbox.current.outlook.settings.messagesPerMinute = 3;
	const items = Array.from({ length: 3 }, (_, i) => ({ json: { to: `p${i}@elsewhere.example` } }));
	const form = { ...MAIL, mailbox: 'ben@contoso.example', to: '={{ $json.to }}' };
	await rows(sandbox.current, 'message.send', form, {
		items,
		asApp: true,
		credential: { messagesPerMinute: 3 },
	});
	expect(sandbox.current.outlook.post.refused).toBe(0);
	expect(sent()).toHaveLength(3);
});

test('a day’s recipients that are used up: told item by item, what fits has gone', async () => {
	sandbox.current.outlook.settings.recipientsPerDay = 2;
	const items = Array.from({ length: 3 }, (_, i) => ({ json: { to: `p${i}@elsewhere.example` } }));
	const done = await run(
		sandbox.current,
		'message.send',
		{ ...MAIL, to: '={{ $json.to }}' },
		{ items, settings: { onError: 'continueErrorOutput' } },
	);
	expect(done.items(NODE, 0)).toHaveLength(2);
	expect(done.json(NODE, 1)).toMatchObject([
		{ details: { code: 'ErrorExceededMessageLimit', outcome: 'refused', canRetry: true } },
	]);
});

test.each([
	['nobody', { to: '={{ $json.none }}' }, 'To'],
	['no address', { to: 'ben at contoso' }, 'To'],
	['no words', { html: '', text: '' }, 'HTML Body'],
	[
		'a header that Outlook does not take',
		{ options: { headers: { header: [{ name: 'In-Reply-To', value: '<x>' }] } } },
		'Custom Headers',
	],
	['a mailbox that is none', { mailbox: 'support' }, 'Mailbox'],
	[
		'more people than any mailbox may write to',
		{ to: Array.from({ length: 1001 }, (_, i) => `p${i}@x.example`).join() },
		'To',
	],
])('before anything is sent: %s', async (_, form, field) => {
	const { details } = await problem(sandbox.current, 'message.send', { ...MAIL, ...form });
	expect(details).toMatchObject({ field, outcome: 'notSent' });
	expect(sandbox.current.requests.total).toBe(0);
});

test('Chinese punctuation separates people; 501 of them are refused by name of the field', async () => {
	await rows(sandbox.current, 'message.send', { ...MAIL, to: 'a@x.example，b@x.example；c@x.example' });
	expect(sent()[0]!.to).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
	const to = Array.from({ length: 501 }, (_, i) => `p${i}@x.example`).join(', ');
	const { details } = await problem(sandbox.current, 'message.send', { ...MAIL, to });
	expect(details).toMatchObject({
		field: 'To',
		code: 'ErrorExceededMessageLimit',
		canRetry: false,
		remedy: expect.stringContaining('500'),
	});
});

describe('mailboxes', () => {
	test('items for several mailboxes, each in its own', async () => {
		const items = ['', 'support@contoso.example', ''].map((mailbox) => ({ json: { mailbox } }));
		await rows(sandbox.current, 'message.send', { ...MAIL, mailbox: '={{ $json.mailbox }}' }, { items });
		expect(
			sent()
				.map(({ from }) => from)
				.sort(),
		).toEqual(['anna@contoso.example', 'anna@contoso.example', 'support@contoso.example']);
	});

	test('a shared mailbox without the right to it names the field', async () => {
		const { error, details } = await problem(sandbox.current, 'message.send', {
			...MAIL,
			mailbox: 'ben@contoso.example',
		});
		expect(error).toBe('The sign-in may not do this in this mailbox');
		expect(details).toMatchObject({
			field: 'Mailbox',
			code: 'ErrorAccessDenied',
			requestId: expect.any(String),
		});
	});

	test('an address that may not be sent from', async () => {
		const { details } = await problem(sandbox.current, 'message.send', {
			...MAIL,
			options: { from: 'ben@contoso.example' },
		});
		expect(details).toMatchObject({ code: 'ErrorSendAsDenied', field: 'From' });
		expect(sent()).toEqual([]);
	});

	test('an app sends from any mailbox, and says so when none is named', async () => {
		await rows(sandbox.current, 'message.send', { ...MAIL, mailbox: 'ben@contoso.example' }, { asApp: true });
		expect(sent()).toMatchObject([{ from: 'ben@contoso.example' }]);
		const { details } = await problem(sandbox.current, 'message.send', MAIL, { asApp: true });
		expect(details).toMatchObject({ field: 'Mailbox', outcome: 'notSent' });
	});
});

test('what Outlook refuses leaves no draft behind, answers neither; a draft of somebody stays', async () => {
	sandbox.current.outlook.settings.recipientsPerDay = 1;
	await rows(sandbox.current, 'message.send', { ...MAIL, to: 'ben@contoso.example' });
	const { details } = await problem(sandbox.current, 'message.send', MAIL);
	expect(details).toMatchObject({ code: 'ErrorExceededMessageLimit', outcome: 'refused', canRetry: true });
	const { id } = sandbox.current.outlook.receive('Question');
	const answer = { messageId: `AAkALg${id}`, html: '<p>Yes</p>', text: '', asDraft: false };
	expect((await problem(sandbox.current, 'message.reply', answer)).details).toMatchObject({
		code: 'ErrorExceededMessageLimit',
	});
	expect(drafts()).toEqual([]);
	const [draft] = await rows(sandbox.current, 'draft.create', MAIL);
	await problem(sandbox.current, 'draft.send', { messageId: draft!.id });
	expect(drafts()).toHaveLength(1);
	expect(sent()).toHaveLength(1);
});

describe('a day’s recipients that are used up', () => {
	const two = [
		{ json: { to: 'a@x.example' } },
		{ json: { to: 'b@x.example' } },
		{ json: { to: 'c@x.example' } },
	];
	const form = { ...MAIL, to: '={{ $json.to }}' };
	afterEach(() => jest.restoreAllMocks());
	beforeEach(() => void (sandbox.current.outlook.settings.recipientsPerDay = 1));

	test('are waited for when that was chosen: then all go, each once, and it is told', async () => {
		jest.replaceProperty(patience, 'probeMs', 50);
		// By the second try a day has passed.
		const timer = setInterval(() => {
			if (sandbox.current.outlook.post.refused > 3) sandbox.current.outlook.moveMinutes(24 * 60 + 1);
		}, 20);
		const options = { dayUsedUp: 'wait', waitHours: 1 };
		const done = await run(sandbox.current, 'message.send', { ...form, options }, { items: two });
		clearInterval(timer);
		expect(done.error).toBeUndefined();
		expect(
			sent()
				.map(({ to }) => to[0])
				.sort(),
		).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
		expect(done.json(NODE).filter(({ waitedMinutes }) => waitedMinutes !== undefined)).toHaveLength(2);
		expect(done.hints(NODE)).toEqual([
			expect.stringMatching(/in 24 hours\. The workflow waited.*1 hour at most/),
		]);
		expect(drafts()).toEqual([]);
	});

	test('are waited for no longer than was chosen', async () => {
		jest.replaceProperty(patience, 'probeMs', 50);
		jest.replaceProperty(patience, 'hourMs', 200);
		const options = { dayUsedUp: 'wait', waitHours: 1 };
		const done = await run(
			sandbox.current,
			'message.send',
			{ ...form, options },
			{
				items: two.slice(0, 2),
				settings: { onError: 'continueErrorOutput' },
			},
		);
		expect(done.json(NODE, 1)).toMatchObject([
			{
				error: expect.stringMatching(/^Not sent: daily limit.*waited for 1 hour/),
				details: { outcome: 'refused' },
			},
		]);
		expect(sent()).toHaveLength(1);
		expect(drafts()).toEqual([]);
		// Another day, which nobody has to wait for.
		sandbox.current.outlook.settings.recipientsPerDay = 100;
		const next = await run(sandbox.current, 'message.send', { ...form, options }, { items: two });
		expect(next.hints(NODE)).toEqual([]);
		expect(next.json(NODE).filter(({ waitedMinutes }) => waitedMinutes !== undefined)).toEqual([]);
		expect(sent()).toHaveLength(4);
	});
});

describe('a message that answers one from elsewhere', () => {
	const HEADERS = (id: string) => ({ messageId: id, output: 'headers', mailbox: 'ben@contoso.example' });

	test.each([
		['without Prevent Double Sending (as a draft all the same)', 'message.send', { once: false }],
		['with it', 'message.send', { once: true }],
	])('%s: carries In-Reply-To and References', async (_, operation, more) => {
		const options = { inReplyTo: 'c3@mail.example', references: '<c1@mail.example> <c2@mail.example>' };
		const form = { ...MAIL, ...more, to: 'ben@contoso.example', options };
		await rows(sandbox.current, operation, form);
		const [arrived] = sandbox.current.outlook.mailbox('ben@contoso.example').messages.in('inbox');
		const [row] = await rows(sandbox.current, 'message.get', HEADERS(`AAkALg${arrived!.id}`), {
			asApp: true,
		});
		expect(row!.internetMessageHeaders).toEqual([
			{ name: 'In-Reply-To', value: '<c3@mail.example>' },
			{ name: 'References', value: '<c1@mail.example> <c2@mail.example> <c3@mail.example>' },
		]);
	});

	test.each([
		['no Message-ID', { inReplyTo: 'order 7' }, 'In Reply To'],
		['two that are answered', { inReplyTo: '<a@x.example><b@x.example>' }, 'In Reply To'],
		['one of the references is none', { references: '<a@x.example> b' }, 'References'],
	])('%s: told before anything is sent', async (_, options, field) => {
		const { details } = await problem(sandbox.current, 'message.send', { ...MAIL, options });
		expect(details).toMatchObject({ field, outcome: 'notSent' });
		expect(sandbox.current.requests.total).toBe(0);
	});

	test('the stand-in takes no header of another kind, as Graph does', async () => {
		const body = { subject: 'Hi', internetMessageHeaders: [{ name: 'In-Reply-To', value: '<a@x.example>' }] };
		for (const [path, sentBody] of [
			['/me/messages', body],
			[
				'/me/sendMail',
				{ message: { ...body, toRecipients: [{ emailAddress: { address: 'a@x.example' } }] } },
			],
		] as const) {
			const { details } = await problem(sandbox.current, 'custom.request', {
				method: 'POST',
				path,
				body: JSON.stringify(sentBody),
			});
			expect(details).toMatchObject({ code: 'InvalidInternetMessageHeader', status: 400 });
		}
	});
});
