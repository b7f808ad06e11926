import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { problem, run } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});
const MAIL = {
	from: 'Example Shop <shop@example.com>',
	to: 'Ana <ana@x.example>, ben@x.example',
	subject: 'Hi',
	html: '<p>Hällo <b>Ana</b></p>',
};
const emails = () => sandbox.current.sendpulse.account.emails;
const file = (content: string, fileName: string) => ({
	data: Buffer.from(content).toString('base64'),
	fileName,
	mimeType: 'text/plain',
});

test('HTML is encoded and text made; people, copies and files arrive', async () => {
	const binary = { data: file('hello', 'Grüße.txt') };
	const options = { cc: 'c@x.example', bcc: 'd@x.example', replyTo: 'help@example.com', attachments: 'data' };
	const done = await run(sandbox.current, 'smtpEmail.send', { ...MAIL, options }, { items: [{ binary }] });
	expect(done.error).toBeUndefined();
	expect(emails()).toMatchObject([
		{
			from: { name: 'Example Shop', email: 'shop@example.com' },
			to: [{ name: 'Ana', email: 'ana@x.example' }, { email: 'ben@x.example' }],
			cc: [{ email: 'c@x.example' }],
			bcc: [{ email: 'd@x.example' }],
			replyTo: { email: 'help@example.com' },
			html: '<p>Hällo <b>Ana</b></p>',
			text: 'Hällo Ana',
			attachments: [{ name: 'Grüße.txt', content: Buffer.from('hello') }],
		},
	]);
	expect(done.json(NODE)).toEqual([{ result: true, id: emails()[0]!.id }]);
});

test('an email of text alone gets a page, in which nothing of it is markup', async () => {
	await run(sandbox.current, 'smtpEmail.send', { ...MAIL, html: '', text: '1 < 2\nbye' });
	expect(emails()).toMatchObject([{ text: '1 < 2\nbye', html: '<p>1 &#60; 2<br>bye</p>' }]);
});

test('what became of emails: one, and those to somebody', async () => {
	for (const to of ['ana@x.example', 'ben@x.example'])
		await run(sandbox.current, 'smtpEmail.send', { ...MAIL, to });
	const { id } = emails()[0]!;
	expect((await run(sandbox.current, 'smtpEmail.get', { id })).json(NODE)).toMatchObject([
		{ id, recipient: 'ana@x.example', smtp_answer_code: 250 },
	]);
	const form = { returnAll: true, filters: { recipient: 'ben@x.example' } };
	expect((await run(sandbox.current, 'smtpEmail.getAll', form)).json(NODE)).toMatchObject([
		{ recipient: 'ben@x.example' },
	]);
});

test.each([
	['no subject', { subject: '={{ $json.none }}' }, 'Subject'],
	['two Reply To', { options: { replyTo: 'a@x.example, b@x.example' } }, 'Reply To'],
	['no words', { html: '', text: '' }, 'HTML Body'],
])('before anything is sent: %s', async (_, form, field) => {
	const { details } = await problem(sandbox.current, 'smtpEmail.send', { ...MAIL, ...form });
	expect(details).toMatchObject({ field, outcome: 'notSent' });
	expect(sandbox.current.requests.total).toBe(0);
});

test('two files of one name would be one: neither is lost in silence', async () => {
	const binary = { one: file('1', 'a.txt'), two: file('2', 'a.txt') };
	const form = { ...MAIL, options: { attachments: 'one, two' } };
	const { error } = await problem(sandbox.current, 'smtpEmail.send', form, { items: [{ binary }] });
	expect(error).toContain('Two attachments are called “a.txt”');
});

describe('as every sender of the pack', () => {
	const sent = async (form: object, binary: Record<string, ReturnType<typeof file>> = {}) =>
		await run(sandbox.current, 'smtpEmail.send', { ...MAIL, ...form }, { items: [{ binary }] });

	test('the text keeps cells apart, letters as they are, and links', async () => {
		const html =
			'<h2>Kx7-pQz!aB</h2><table><tr><td>First password</td><td>oeU+Vw</td></tr></table><h1><a href="https://x.example/AbC">Open</a></h1>';
		await sent({ html });
		expect(emails()[0]!.text!.split(/\n+/)).toEqual([
			'Kx7-pQz!aB',
			'First password oeU+Vw',
			'Open [https://x.example/AbC]',
		]);
	});

	test('files without a name are called after their fields', async () => {
		const nameless = { ...file('x', ''), mimeType: 'application/pdf' };
		await sent({ options: { attachments: '*' } }, { data: nameless, terms: nameless });
		expect(emails()[0]!.attachments.map(({ name }) => name)).toEqual(['data.pdf', 'terms.pdf']);
	});

	test('a picture inside the HTML, which cannot go with it, is told', async () => {
		const done = await sent({ html: '<img src="cid:data">' }, { data: file('x', 'a.png') });
		expect(done.hints(NODE)).toEqual([
			expect.stringMatching(/shows “cid:data”.*This operation sends no images inside the HTML/),
		]);
	});

	test('everyone in a list with Chinese separators gets it, and what belongs to no address is refused', async () => {
		await sent({ to: '王伟 <w@x.example>；李娜 <l@x.example>、\u200bz@x.example' });
		expect(emails()[0]!.to.map(({ email }) => email)).toEqual(['w@x.example', 'l@x.example', 'z@x.example']);
		for (const to of ['a <a@x.example> b <b@x.example>', 'a@x.example | b@x.example', 'a@x\u200b.example']) {
			const { details } = await problem(sandbox.current, 'smtpEmail.send', { ...MAIL, to });
			expect(details).toMatchObject({ field: 'To', outcome: 'notSent' });
		}
		expect(emails()).toHaveLength(1);
	});

	test.each([
		['subject', 'Subject'],
		['html', 'HTML Body'],
		['text', 'Text Body'],
	])('an expression that an earlier node left as text is refused in %s', async (field, label) => {
		const form = { ...MAIL, [field]: '={{ $json.words }}' };
		const items = [{ json: { words: 'Dear {{ $json.name }}' } }];
		const { error } = await problem(sandbox.current, 'smtpEmail.send', form, { items });
		expect(error).toContain(`'${label}' holds {{ $json.name }} as plain text`);
		expect(emails()).toEqual([]);
	});
});

describe('refusals', () => {
	const refusing = (status: number, body: object, times = 1) =>
		sandbox.current.faults.add({
			service: 'sendpulse',
			path: '/smtp/emails',
			kind: 'status',
			status,
			body,
			times,
		});

	test.each([
		[200, { result: false }, 'SendPulse says that it did not do this', undefined],
		[200, { is_error: 1, error_code: 707, message: 'x' }, 'The balance is used up', '707'],
		[422, { error_code: 550, message: 'x' }, 'The email has too many recipients', '550'],
		[422, { error_code: 400, message: 'x' }, 'The account has no SMTP service yet', '400'],
		[
			422,
			{ error_code: 3030303030, message: 'x' },
			'The plan of the account does not allow this',
			'3030303030',
		],
	])('HTTP %d with %j', async (status, body, error, code) => {
		refusing(status, body);
		const found = await problem(sandbox.current, 'smtpEmail.send', MAIL);
		expect(found.error).toBe(error);
		expect(found.details).toMatchObject({ outcome: 'refused', remedy: expect.stringMatching(/.{10}/) });
		expect(found.details.code).toBe(code);
		expect(emails()).toEqual([]);
	});

	test('2020202020 closes the account’s gate, and the email goes out afterwards, once', async () => {
		refusing(429, { error_code: 2020202020, message: 'Too many' });
		const done = await run(sandbox.current, 'smtpEmail.send', MAIL);
		expect(done.error).toBeUndefined();
		expect(emails()).toHaveLength(1);
	});

	test('a lost answer is not sent again, and says where to look', async () => {
		sandbox.current.faults.add({ service: 'sendpulse', path: '/smtp/emails', kind: 'resetAfter' });
		const { details } = await problem(sandbox.current, 'smtpEmail.send', MAIL);
		expect(details).toMatchObject({ outcome: 'unknown', remedy: expect.stringContaining('Statistics') });
		expect(emails()).toHaveLength(1);
	});
});

describe('signing in', () => {
	const tokens = () => sandbox.current.requests.count({ path: '/oauth/access_token' });

	test('one token for many items, and a new one when it no longer works', async () => {
		const items = Array.from({ length: 20 }, () => ({}));
		sandbox.current.faults.add({
			service: 'sendpulse',
			path: '/smtp/emails',
			kind: 'tokenRevoked',
			after: 5,
		});
		const done = await run(sandbox.current, 'smtpEmail.send', MAIL, { items });
		expect(done.json(NODE)).toHaveLength(20);
		expect([emails().length, tokens()]).toEqual([20, 2]);
	});

	test('a static key needs no token', async () => {
		const credential = { authentication: 'apiKey', apiKey: 'sandbox-static-key' };
		expect((await run(sandbox.current, 'smtpEmail.send', MAIL, { credential })).error).toBeUndefined();
		expect(tokens()).toBe(0);
	});

	test('a wrong secret says where to copy it', async () => {
		const credential = { clientSecret: 'wrong-secret' };
		const { error, details } = await problem(sandbox.current, 'smtpEmail.send', MAIL, { credential });
		expect(error).toContain('SendPulse refused the ID or the secret');
		expect(details).toMatchObject({
			outcome: 'notSent',
			remedy: expect.stringContaining('Account settings → API'),
		});
	});
});

test('with the rate of the account held by both sides, every email goes out once', async () => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 10;
	const items = Array.from({ length: 25 }, (_, i) => ({ json: { to: `p${i}@x.example` } }));
	const form = { ...MAIL, to: '={{ $json.to }}' };
	const done = await run(sandbox.current, 'smtpEmail.send', form, {
		items,
		credential: { requestsPerSecond: 10 },
	});
	expect(done.json(NODE)).toHaveLength(25);
	expect(new Set(emails().map(({ to }) => to[0]!.email)).size).toBe(25);
	expect(emails()).toHaveLength(25);
});
