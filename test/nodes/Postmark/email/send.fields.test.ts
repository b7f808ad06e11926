import { ServerClient } from 'postmark';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { file, sendNode, sendOne } from './sendForm';

const sandbox = useSandbox();

const LOGO = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const binary = {
	invoice_1: file('first invoice', 'Rechnung 1.pdf', 'application/pdf'),
	invoice_2: file('second invoice', '发票.pdf', 'application/pdf'),
	logo: file(LOGO, 'logo.png', 'image/png'),
	notes: file('not to be sent', 'notes.txt', 'text/plain'),
};
const base64 = (content: string | Buffer) => Buffer.from(content).toString('base64');

const RICH = {
	from: '"Bauer, Ana" <ana@yunhe.example>',
	to: 'Li Wei 李伟 <li.wei@yunhe.example>, bob@example.org; "O\'Neil, Tim" <tim@example.org>',
	subject: '欢迎 🎉 Größe',
	html: '<p>Hello <b>Wei</b> 🎉</p><img src="cid:logo"><a href="https://yunhe.example/start">Start</a>',
	text: 'Hello Wei 🎉\n\n  indented',
	options: {
		cc: 'manager@example.org',
		bcc: 'archive@example.org, audit@example.org',
		replyTo: 'Help Desk <helpdesk@yunhe.example>',
		attachments: 'invoice_*',
		inlineImages: 'logo',
		headers: {
			header: [
				{ name: 'X-Order-Number', value: '4711' },
				{ name: 'In-Reply-To', value: '<abc@yunhe.example>' },
			],
		},
		tag: 'welcome',
		metadata: {
			entry: [
				{ name: 'order', value: '4711' },
				{ name: 'team', value: '平台' },
			],
		},
		trackOpens: true,
		trackLinks: 'HtmlOnly',
		messageStream: 'broadcast',
	},
};

test('every field arrives as it was filled in', async () => {
	const { stored, json } = await sendOne(sandbox.current, RICH, { binary });
	expect(json).toMatchObject({ MessageID: stored.id, ErrorCode: 0, SubmittedAt: expect.any(String) });
	expect(stored).toMatchObject({
		from: { Name: 'Bauer, Ana', Email: 'ana@yunhe.example' },
		to: [
			{ Name: 'Li Wei 李伟', Email: 'li.wei@yunhe.example' },
			{ Name: '', Email: 'bob@example.org' },
			{ Name: "O'Neil, Tim", Email: 'tim@example.org' },
		],
		cc: [{ Name: '', Email: 'manager@example.org' }],
		bcc: [
			{ Name: '', Email: 'archive@example.org' },
			{ Name: '', Email: 'audit@example.org' },
		],
		replyTo: '"Help Desk" <helpdesk@yunhe.example>',
		subject: '欢迎 🎉 Größe',
		html: RICH.html,
		text: RICH.text,
		tag: 'welcome',
		metadata: { order: '4711', team: '平台' },
		headers: [
			{ Name: 'X-Order-Number', Value: '4711' },
			{ Name: 'In-Reply-To', Value: '<abc@yunhe.example>' },
		],
		trackOpens: true,
		trackLinks: 'HtmlOnly',
		stream: 'broadcast',
	});
	expect(stored.attachments).toEqual([
		{ name: 'Rechnung 1.pdf', contentType: 'application/pdf', size: 13, content: base64('first invoice') },
		{ name: '发票.pdf', contentType: 'application/pdf', size: 14, content: base64('second invoice') },
		{
			name: 'logo.png',
			contentType: 'image/png',
			contentId: 'logo',
			size: LOGO.length,
			content: base64(LOGO),
		},
	]);
});

test('the official client and the node leave the same message at Postmark', async () => {
	const { stored } = await sendOne(sandbox.current, RICH, { binary });
	const client = new ServerClient(sandbox.current.postmark.serverToken, {
		requestHost: sandbox.current.postmark.url.replace('http://', ''),
		useHttps: false,
	});
	await client.sendEmail({
		From: '"Bauer, Ana" <ana@yunhe.example>',
		To: '"Li Wei 李伟" <li.wei@yunhe.example>, bob@example.org, "O\'Neil, Tim" <tim@example.org>',
		Cc: 'manager@example.org',
		Bcc: 'archive@example.org, audit@example.org',
		ReplyTo: '"Help Desk" <helpdesk@yunhe.example>',
		Subject: RICH.subject,
		HtmlBody: RICH.html,
		TextBody: RICH.text,
		Tag: 'welcome',
		Metadata: { order: '4711', team: '平台' },
		Headers: [
			{ Name: 'X-Order-Number', Value: '4711' },
			{ Name: 'In-Reply-To', Value: '<abc@yunhe.example>' },
		],
		TrackOpens: true,
		TrackLinks: 'HtmlOnly' as never,
		MessageStream: 'broadcast',
		Attachments: [
			{
				Name: 'Rechnung 1.pdf',
				Content: base64('first invoice'),
				ContentType: 'application/pdf',
				ContentID: null,
			},
			{
				Name: '发票.pdf',
				Content: base64('second invoice'),
				ContentType: 'application/pdf',
				ContentID: null,
			},
			{ Name: 'logo.png', Content: base64(LOGO), ContentType: 'image/png', ContentID: 'cid:logo' },
		],
	});
	const { id, at, ...fromClient } = sandbox.current.postmark.messages[1]!;
	const { id: nodeId, at: nodeAt, ...fromNode } = stored;
	expect(nodeId).not.toBe(id);
	expect(at).toBeGreaterThanOrEqual(nodeAt);
	expect(fromNode).toEqual(fromClient);
});

describe('bodies', () => {
	test('the text is made from the HTML when it is empty', async () => {
		const html =
			'<h1>Hi &amp; welcome</h1><p>Open <a href="https://yunhe.example/x">your desk</a>.</p><img src="a.png">';
		const { stored } = await sendOne(sandbox.current, { html });
		expect(stored.html).toBe(html);
		expect(stored.text).toMatch(/hi & welcome/i);
		expect(stored.text).toContain('your desk [https://yunhe.example/x]');
		expect(stored.text).not.toMatch(/<|a\.png/);
	});

	test('each item’s text is made from its own HTML', async () => {
		await runNode(sendNode(sandbox.current, { html: '=<p>Dear {{ $json.name }}</p>' }), [
			{ name: 'Ana' },
			{ name: 'Ana' },
			{ name: '王' },
		]);
		expect(sandbox.current.postmark.messages.map(({ text }) => text)).toEqual([
			'Dear Ana',
			'Dear Ana',
			'Dear 王',
		]);
	});

	test('text alone is sent without HTML, with its white space', async () => {
		const { stored } = await sendOne(sandbox.current, { html: '', text: '\n  a\n\tb  \n' });
		expect(stored.html).toBeUndefined();
		expect(stored.text).toBe('\n  a\n\tb  \n');
	});

	test('what was not filled in is not sent', async () => {
		const { stored } = await sendOne(sandbox.current);
		expect(stored).toMatchObject({
			cc: [],
			bcc: [],
			replyTo: '',
			metadata: {},
			headers: [],
			attachments: [],
			trackOpens: false,
			trackLinks: 'None',
			stream: 'outbound',
		});
		expect(stored.tag).toBeUndefined();
	});
});

describe('addresses', () => {
	test.each([
		['a list from an expression', '={{ ["ana@yunhe.example", "Bo <bo@yunhe.example>"] }}'],
		['lines', 'ana@yunhe.example\nBo <bo@yunhe.example>\n'],
		['semicolons', 'ana@yunhe.example; Bo <bo@yunhe.example>;'],
	])('may come as %s', async (_, to) => {
		const { stored } = await sendOne(sandbox.current, { to });
		expect(stored.to).toEqual([
			{ Name: '', Email: 'ana@yunhe.example' },
			{ Name: 'Bo', Email: 'bo@yunhe.example' },
		]);
	});
});

test('no line break in a field becomes a header of its own', async () => {
	const { stored } = await sendOne(sandbox.current, {
		from: '"People\r\nBcc: spy@evil.example" <people@yunhe.example>',
		subject: 'Hi\r\nBcc: spy@evil.example',
		options: { headers: { header: [{ name: 'X-Note', value: 'a\r\nBcc: spy@evil.example\u0000' }] } },
	});
	expect(stored.subject).toBe('Hi Bcc: spy@evil.example');
	expect(stored.headers).toEqual([{ Name: 'X-Note', Value: 'a Bcc: spy@evil.example' }]);
	expect([...stored.to, ...stored.cc, ...stored.bcc].map(({ Email }) => Email)).toEqual([
		'ana@yunhe.example',
	]);
});

describe('Postmark’s test token', () => {
	test.each(['POSTMARK_API_TEST', ' POSTMARK_API_TEST\n'])(
		'checks the email, delivers nothing and says so (%j)',
		async (serverToken) => {
			const credential = { serverToken };
			const run = await runNode(sendNode(sandbox.current, {}, {}, credential), [{}, {}]);
			expect(run.error).toBeUndefined();
			expect(run.hints(NODE)).toEqual([expect.stringMatching(/^Not delivered: .*test token/)]);
			expect(sandbox.current.postmark.messages).toEqual([]);
			expect(sandbox.current.postmark.testAccepted).toBe(2);
		},
	);

	test('a real token gives no such hint', async () => {
		const { run } = await sendOne(sandbox.current);
		expect(run.hints(NODE)).toEqual([]);
	});
});
