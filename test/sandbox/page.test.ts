import { get } from 'node:http';
import { type Sandbox, startSandbox } from '../../sandbox';
import { attack } from './attack';
import { ask, postmarkCall } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const page = async (path: string) => await ask(`${sandbox.url}${path}`);
const EVERY = [
	'/',
	'/departments',
	'/messages',
	'/inbound',
	'/templates',
	'/streams',
	'/webhooks',
	'/alimail-messages',
	'/outlook-mailboxes',
	'/outlook-messages',
	'/outlook-calendar',
	'/outlook-contacts',
	'/mailchimp-audiences',
	'/mailchimp-members',
	'/mailchimp-segments',
	'/mailchimp-campaigns',
	'/requests',
	'/faults',
];

test('every page answers, empty and filled, with a policy that allows no foreign content', async () => {
	for (const fill of [false, true]) {
		if (fill)
			await ask(`${sandbox.url}/_sandbox/seed`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: '{"sample":"small"}',
			});
		for (const path of EVERY) {
			const { status, headers, text } = await page(path);
			expect([path, status]).toEqual([path, 200]);
			const policy = headers.get('content-security-policy') ?? '';
			expect(policy).toContain("default-src 'none'");
			expect(policy).not.toMatch(/script-src[^;]*unsafe/);
			expect(text.replace(/href="(\/|data:,)|http:\/\/127/g, '')).not.toMatch(
				/(?:src|href)="(?:https?:)?\/\//,
			);
		}
	}
	expect((await page('/messages')).text).toContain('Nightly mailbox sync: 12 created, 8 frozen');
	expect((await page('/messages')).text).toContain('Welcome, 王芳');
	expect((await page('/templates')).text).toContain('company-frame');
	expect((await page('/streams')).text).toContain('former.colleague@yunhe.example');
	expect((await page('/inbound')).text).toContain('Re: Your new mailbox');
	for (const path of ['/nothing', '/templates/1001-7', '/templates/x', '/inbound/nope'])
		expect((await page(path)).status).toBe(404);
});

test('templates, mail that came in, streams and webhooks: shown, and escaped', async () => {
	const call = async (method: string, path: string, body: object) =>
		(await postmarkCall<Record<string, string>>(sandbox, method, path, body)).body;
	const { TemplateId } = await call('POST', '/templates', {
		Name: attack,
		Alias: 'x',
		Subject: attack,
		HtmlBody: `"></iframe>${attack}<b>Hi {{name}}</b>`,
		TextBody: `</pre>${attack}`,
	});
	await call('POST', '/message-streams', { ID: 'news', Name: attack, MessageStreamType: 'Broadcasts' });
	await call('PUT', '/server', {
		Name: attack,
		InboundHookUrl: 'http://user:secret@192.0.2.1/<script>alert',
	});
	await call('POST', '/webhooks', {
		Url: 'http://192.0.2.1/<script>alert',
		HttpAuth: { Username: 'u', Password: 'secret' },
		HttpHeaders: [{ Name: 'X-Key', Value: 'secret' }],
		Triggers: { SubscriptionChange: { Enabled: true } },
	});
	sandbox.postmark.unsubscribe({ email: attack });
	const { payload } = await sandbox.postmark.receive({
		from: `"${attack.replaceAll('"', '')}" <a@example.org>`,
		subject: attack,
		text: attack,
		html: attack,
		attachments: [{ name: attack, content: attack }],
	});
	await sandbox.postmark.hooks.idle();
	const template = `/templates/1001-${TemplateId}`;
	const mail = `/inbound/${payload.MessageID}`;
	const shown = new Map<string, string>();
	for (const path of [
		...['/templates', '/inbound', '/streams', '/webhooks'],
		...['html', 'text', 'source', 'model'].map((view) => `${template}?view=${view}`),
		...['html', 'text', 'reply', 'headers'].map((view) => `${mail}?view=${view}`),
	]) {
		const { status, text } = await page(path);
		expect([path, status]).toEqual([path, 200]);
		expect(text).not.toContain('<script>alert');
		expect(text).not.toContain('<img src=x');
		expect(text).not.toContain('secret');
		expect(text.match(/<iframe/g) ?? []).toHaveLength(path.includes('view=html') ? 1 : 0);
		shown.set(path, text);
	}
	expect(shown.get(`${template}?view=html`)).toContain('&lt;b&gt;Hi name_Value');
	expect(shown.get(`${template}?view=model`)).toContain('name_Value');
	expect(shown.get('/webhooks')).toContain('not on this computer');
	expect((await page('/webhooks?state=ok')).text).toContain('Showing 0 posted events');
	expect((await page('/streams?reason=HardBounce')).text).toContain('Showing 0 suppressions');
	expect((await page('/inbound?q=nobody')).text).toContain('Showing 0 mails');
});

test('a message can be made to bounce from its page', async () => {
	await postmarkCall(sandbox, 'POST', '/email', {
		From: 'a@example.com',
		To: 'b@example.org',
		TextBody: 'x',
		TrackOpens: true,
	});
	const id = sandbox.postmark.messages[0]?.id ?? '';
	const buttons = [...(await page(`/messages/${id}`)).text.matchAll(/data-body="([^"]*)"/g)].map(
		([, body = '']) => JSON.parse(body.replaceAll('&quot;', '"')) as { event: string; message: string },
	);
	expect(buttons.map(({ event }) => event)).toEqual(['deliver', 'open', 'bounce', 'complain', 'unsubscribe']);
	for (const body of buttons) {
		const { status } = await ask(`${sandbox.url}/_sandbox/postmark/events`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		expect([body.event, status]).toEqual([body.event, 200]);
	}
	expect((await page(`/messages/${id}`)).text).toContain('Bounced');
});

test('what others wrote is escaped everywhere', async () => {
	sandbox.alimail.seed({
		departments: [attack.replaceAll('/', '|')],
		users: [
			{ email: 'a@example.com', name: attack, jobTitle: attack, department: attack.replaceAll('/', '|') },
		],
	});
	await postmarkCall(sandbox, 'POST', '/email', {
		From: `"${attack.replaceAll('"', '')}" <a@example.com>`,
		To: 'b@example.org',
		Subject: attack,
		Tag: attack,
		HtmlBody: `"></iframe>${attack}`,
		TextBody: `</pre>${attack}`,
		Metadata: { k: attack },
		Headers: [{ Name: 'X-A', Value: attack }],
		Attachments: [{ Name: `${attack}.txt`, ContentType: attack, Content: 'aGk=' }],
	});
	await postmarkCall(sandbox, 'GET', `/${encodeURIComponent(attack)}`);
	sandbox.faults.add({ service: 'alimail', kind: 'html', path: attack });
	const id = sandbox.postmark.messages[0]?.id;
	const user = sandbox.alimail.user('a@example.com')?.id;
	const paths = [
		'/',
		`/?q=${encodeURIComponent(attack)}`,
		`/mailboxes/${user}`,
		'/departments',
		'/messages',
		'/requests',
		'/faults',
	];
	for (const path of [
		...paths,
		...['html', 'phone', 'text', 'headers'].map((view) => `/messages/${id}?view=${view}`),
	]) {
		const { status, text } = await page(path);
		expect([path, status]).toEqual([path, 200]);
		expect(text).not.toContain('<script>alert');
		expect(text).not.toContain('<img src=x');
		expect(text.match(/<iframe/g) ?? []).toHaveLength(/view=(html|phone)/.test(path) ? 1 : 0);
	}
});

test('a message is shown in a frame without rights; inline pictures are put in, others are not loaded', async () => {
	const sent = await postmarkCall<{ MessageID: string }>(sandbox, 'POST', '/email', {
		From: 'a@example.com',
		To: 'b@example.org',
		HtmlBody: '<img src="cid:logo"><img src="https://elsewhere.example/p.png">',
		Attachments: [{ Name: '图.png', ContentType: 'image/png', ContentID: 'cid:logo', Content: 'iVBORw==' }],
	});
	const { text } = await page(`/messages/${sent.body.MessageID}`);
	expect(text).toMatch(/<iframe[^>]*sandbox=""/);
	expect(text).toContain('data:image/png;base64,iVBORw==');
	expect(text).toContain('Pictures from the web are not loaded here.');
	const file = await fetch(`${sandbox.url}/messages/${sent.body.MessageID}/attachments/0`);
	expect(file.headers.get('content-type')).toBe('application/octet-stream');
	expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%E5%9B%BE.png");
	expect(Buffer.from(await file.arrayBuffer()).toString('base64')).toBe('iVBORw==');
	expect((await page(`/messages/${sent.body.MessageID}/attachments/7`)).status).toBe(404);
	expect((await page('/messages/nope')).status).toBe(404);
});

test('long lists come in pages that say how much there is, and can be searched', async () => {
	sandbox.alimail.seed({
		users: Array.from({ length: 1024 }, (_, n) => ({
			email: `p${n}@example.com`,
			name: `Person ${n}`,
			status: n < 3 ? ('FREEZE' as const) : ('NORMAL' as const),
			department: n < 7 ? 'A & B/C' : 'D',
		})),
	});
	const rows = (text: string) => text.match(/<td class="any"><a href="\/mailboxes/g)?.length ?? 0;
	const first = (await page('/')).text;
	expect(first).toContain('Showing 1–100 of 1,024 mailboxes');
	expect(rows(first)).toBe(100);
	const last = (await page('/?page=11')).text;
	expect([rows(last), last.includes('Showing 1,001–1,024 of 1,024')]).toEqual([24, true]);
	expect(rows((await page('/?q=p1023')).text)).toBe(1);
	expect(rows((await page('/?status=FREEZE')).text)).toBe(3);
	const department = sandbox.alimail.department('A & B')?.id ?? '';
	expect(rows((await page(`/?department=${department}`)).text)).toBe(7);
	expect((await page('/?page=-1&q=nobody')).text).toContain('Showing 0 mailboxes');
});

test('the script gets the changing part alone', async () => {
	const { body } = await ask<{ shown: string; counts: object }>(`${sandbox.url}/requests`, {
		headers: { 'x-part': '1' },
	});
	expect(body.shown).not.toContain('<html');
	expect(body.counts).toEqual({
		mailboxes: '0',
		departments: '0',
		messages: '0',
		inbound: '0',
		templates: '0',
		streams: '6',
		webhooks: '0',
		'template-mails': '0',
		'mailchimp-audiences': '1',
		'mailchimp-members': '0',
		'mailchimp-segments': '0',
		'mailchimp-campaigns': '0',
		'mailing-lists': '1',
		'sendpulse-webhooks': '0',
		'smtp-emails': '0',
		'alimail-messages': '0',
		'outlook-mailboxes': '0',
		'outlook-messages': '0',
		'outlook-calendar': '0',
		'outlook-contacts': '0',
		requests: '0',
		faults: '0',
	});
});

test('a page elsewhere cannot read it through a name of its own', async () => {
	const status = await new Promise<number | undefined>((resolve, reject) => {
		get(sandbox.url, { headers: { host: 'evil.example' } }, (answer) => resolve(answer.statusCode)).on(
			'error',
			reject,
		);
	});
	expect(status).toBe(403);
});
