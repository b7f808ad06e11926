import workflow from '../../workflows/authjs-sign-in-mail.json';
import type { WorkflowFile } from '../../scripts/engine';
import { postmarkCredential, useSandbox } from '../support/services';
import { startAuthSite, type AuthSite } from './authSite';
import { PublishedWorkflow } from './webhooks';

const TOKEN = 'f3a9c1d2e4b5968778695a4b3c2d1e0f';
const ANA = 'ana.bauer@yunhe.example';
const sandbox = useSandbox();
const file = workflow as unknown as WorkflowFile;
let n8n: PublishedWorkflow;
let site: AuthSite;

beforeAll(async () => {
	n8n = await PublishedWorkflow.of(file);
	n8n.addCredential('Auth.js Webhook', { name: 'Authorization', value: `Bearer ${TOKEN}` });
	n8n.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	site = await startAuthSite({ url: n8n.url, token: TOKEN });
});
beforeEach(() => void (n8n.runs.length = 0));
afterAll(() => {
	site?.close();
	n8n?.close();
});

const mails = () => sandbox.current.postmark.messages;
const linkIn = (text = '') => /https:\S+/.exec(text)![0];

/** A call as the site makes it. */
async function call(
	body: unknown,
	headers: Record<string, string> = { Authorization: `Bearer ${TOKEN}` },
	url = n8n.url,
) {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	const text = await answer.text();
	return { status: answer.status, text };
}

const GOOD = { identifier: ANA, url: 'https://portal.yunhe.example/auth/callback/email?token=abc' };

describe('a site with Auth.js, signing in by mail', () => {
	test('the link in the mail opens a session, once', async () => {
		const browser = site.browser();
		expect(await browser.askForLink(ANA)).toMatchObject({
			status: 302,
			location: expect.stringMatching(/^\/auth\/verify-request/),
		});
		expect(mails()).toHaveLength(1);
		const [mail] = mails();
		expect(mail!.to.map(({ Email }) => Email)).toEqual([ANA]);
		expect([mail!.cc, mail!.bcc]).toEqual([[], []]);
		expect(mail!.subject).toBe('Sign in to Yunhe Portal');
		const link = linkIn(mail!.text);
		expect(mail!.html).toContain(`href="${link.replaceAll('&', '&#38;')}"`);
		expect(await browser.user()).toBeUndefined();

		expect(await browser.open(link)).toMatchObject({ status: 302, location: '/desk' });
		expect(await browser.user()).toBe(ANA);

		const second = site.browser();
		expect((await second.open(link)).location).toBe('/auth/error?error=Verification');
		expect(await second.user()).toBeUndefined();
	});

	test('asking twice mails two links, and each works', async () => {
		await Promise.all([site.browser().askForLink(ANA), site.browser().askForLink(ANA)]);
		const links = mails().map(({ text }) => linkIn(text));
		expect(new Set(links).size).toBe(2);
		for (const link of links) {
			const browser = site.browser();
			await browser.open(link);
			expect(await browser.user()).toBe(ANA);
		}
	});

	test.each([
		[14, ANA],
		[16, undefined],
	])('after %i minutes the link opens a session for %s', async (minutes, user) => {
		const browser = site.browser();
		await browser.askForLink(ANA);
		await site.later(minutes);
		await browser.open(linkIn(mails()[0]!.text));
		expect(await browser.user()).toBe(user);
	});

	test('when Postmark refuses, the person sees that something is wrong, and the log says what', async () => {
		sandbox.current.postmark.bounce({ email: ANA });
		const page = await site.browser().askForLink(ANA);
		expect(page.location).toBe('/auth/error?error=Configuration');
		expect(mails()).toEqual([]);
		expect(site.log()).toContain('The sign-in mail was not sent (500). ');
		expect(site.log()).toMatch(/inactive|bounced/);
	});

	test('when the answer of Postmark is lost, nobody is told to look for a mail', async () => {
		sandbox.current.faults.add({ service: 'postmark', path: '/email/batch', kind: 'resetAfter' });
		const page = await site.browser().askForLink(ANA);
		expect(page.location).toBe('/auth/error?error=Configuration');
	});

	test('a site with the wrong token gets no mail sent, and nothing runs', async () => {
		const stranger = await startAuthSite({ url: n8n.url, token: 'wrong' });
		try {
			const page = await stranger.browser().askForLink(ANA);
			expect(page.location).toBe('/auth/error?error=Configuration');
			expect(stranger.log()).toContain('The sign-in mail was not sent (403).');
		} finally {
			stranger.close();
		}
		expect(mails()).toEqual([]);
		expect(n8n.runs).toEqual([]);
	});

	test('a webhook address that cannot even be called does not end the site', async () => {
		const lost = await startAuthSite({ url: 'nowhere', token: TOKEN });
		try {
			const page = await lost.browser().askForLink(ANA);
			expect(page.location).toBe('/auth/error?error=Configuration');
			expect(await lost.browser().user()).toBeUndefined();
		} finally {
			lost.close();
		}
	});

	test('no link is ever in the log of the site', () => {
		expect(site.log()).toContain('not sent');
		expect(site.log()).not.toMatch(/token=|callback\/email/);
	});
});

describe('the webhook', () => {
	test('says that it has sent, and nothing more', async () => {
		expect(await call(GOOD)).toEqual({ status: 200, text: '{"sent":true}' });
		expect(mails()).toHaveLength(1);
	});

	test.each([
		['no token', {}],
		['another token', { Authorization: 'Bearer nope' }],
		['the token without Bearer', { Authorization: TOKEN }],
	])('turns a call with %s away', async (_, headers) => {
		expect(await call(GOOD, headers as Record<string, string>)).toMatchObject({ status: 403 });
		expect(mails()).toEqual([]);
		expect(n8n.runs).toEqual([]);
	});

	test.each([
		['two addresses', { ...GOOD, identifier: `${ANA}, eve@evil.example` }],
		['two addresses in a list', { ...GOOD, identifier: [ANA, 'eve@evil.example'] }],
		['a name with an address', { ...GOOD, identifier: `Ana <${ANA}>` }],
		['no address', { url: GOOD.url }],
		['no link', { identifier: ANA }],
		['a link elsewhere', { ...GOOD, url: 'https://evil.example/auth/callback/email?token=abc' }],
		['a link that only begins alike', { ...GOOD, url: 'https://portal.yunhe.example.evil.example/x' }],
		[
			'a link with another host behind a user name',
			{ ...GOOD, url: 'https://portal.yunhe.example@evil.example/' },
		],
		['two links with a space', { ...GOOD, url: `${GOOD.url} Click https://evil.example/now instead` }],
		['two links with a line break', { ...GOOD, url: `${GOOD.url}\nhttps://evil.example/now` }],
		['two links with a comma', { ...GOOD, url: `${GOOD.url},https://evil.example/now` }],
		['two links with a wide comma', { ...GOOD, url: `${GOOD.url}，evil.example` }],
		['a link and words', { ...GOOD, url: `${GOOD.url} expires` }],
		['a link with a tab in it', { ...GOOD, url: `${GOOD.url}\t.evil.example` }],
		['a link with a line break before it', { ...GOOD, url: `\n${GOOD.url}` }],
		['a link with a line break behind it', { ...GOOD, url: `${GOOD.url}\n` }],
		['a link with a sign that nobody sees', { ...GOOD, url: `${GOOD.url}\u200b` }],
		['a link with a backslash', { ...GOOD, url: 'https://portal.yunhe.example/\\evil.example' }],
		[
			'a link that would break out of the HTML',
			{ ...GOOD, url: 'https://portal.yunhe.example/"><img src=x>' },
		],
		['an address without a domain', { ...GOOD, identifier: 'ana@yunhe' }],
		['an address with two dots in a row', { ...GOOD, identifier: 'ana@yunhe..example' }],
		['an address with a sign that nobody sees', { ...GOOD, identifier: 'ana\u200b@yunhe.example' }],
		['an address that is too long', { ...GOOD, identifier: `${'a'.repeat(70)}@yunhe.example` }],
		['an address with a hyphen first', { ...GOOD, identifier: 'ana@-yunhe.example' }],
		['no object', 'hello'],
		['nothing', null],
	])('mails nothing for %s', async (_, body) => {
		expect(await call(body)).toMatchObject({ status: 400, text: expect.stringContaining('"sent":false') });
		expect(mails()).toEqual([]);
	});

	test('mails the address and no other field of the call', async () => {
		await call({ ...GOOD, to: 'eve@evil.example', cc: 'eve@evil.example', html: '<b>hi</b>' });
		expect(mails()[0]).toMatchObject({ to: [{ Email: ANA }], cc: [], bcc: [] });
	});

	test.each([
		'https://portal.yunhe.example/auth/callback/email?callbackUrl=https%3A%2F%2Fportal.yunhe.example%2Fdesk&token=a1&email=ana%40yunhe.example',
		"https://portal.yunhe.example/a(b)/it's,~c;d=[1]#top",
	])('mails the link as it is: %s', async (url) => {
		expect(await call({ ...GOOD, url })).toMatchObject({ status: 200 });
		expect(linkIn(mails()[0]!.text)).toBe(url);
		expect(mails()[0]!.html).toContain(`href="${url.replaceAll('&', '&#38;')}"`);
	});

	test('what it answers never contains the link', async () => {
		sandbox.current.postmark.bounce({ email: ANA });
		const { status, text } = await call(GOOD);
		expect(status).toBe(500);
		expect(text).not.toContain('token=abc');
		expect(JSON.parse(text)).toEqual({
			sent: false,
			error: expect.stringMatching(/\w/),
			remedy: expect.stringMatching(/\w/),
		});
	});
});

test('as long as no Postmark credential is chosen, it says that nothing was sent', async () => {
	const forgotten = structuredClone(file);
	for (const node of forgotten.nodes) if (node.type.endsWith('.postmark')) delete node.credentials;
	const other = await PublishedWorkflow.of(forgotten);
	other.addCredential('Auth.js Webhook', { name: 'Authorization', value: `Bearer ${TOKEN}` });
	const { status, text } = await call(GOOD, undefined, other.url);
	other.close();
	expect(status).toBe(500);
	expect(text).toContain('does not have any credentials');
});

test('n8n keeps nothing of a run, and Postmark is told to count nothing', async () => {
	expect(file.settings).toMatchObject({
		saveDataSuccessExecution: 'none',
		saveDataErrorExecution: 'none',
		saveManualExecutions: false,
		saveExecutionProgress: false,
	});
	await call(GOOD);
	expect(mails()[0]).toMatchObject({ trackOpens: false, trackLinks: 'None' });
});
