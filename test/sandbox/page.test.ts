import { get } from 'node:http';
import { type Sandbox, startSandbox } from '../../sandbox';
import { ask, postmarkCall } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const page = async (path: string) => await ask(`${sandbox.url}${path}`);
const attack = `<script>alert("x")</script><img src=x onerror='y'>`;

test('every page answers, empty and filled, with a policy that allows no foreign content', async () => {
	for (const fill of [false, true]) {
		if (fill)
			await ask(`${sandbox.url}/_sandbox/seed`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: '{"sample":"small"}',
			});
		for (const path of ['/', '/departments', '/messages', '/requests', '/faults']) {
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
	expect((await page('/nothing')).status).toBe(404);
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
