import { WebhookContext } from 'n8n-core';
import { signature } from '../../../../sandbox/services/mailchimp/hooks';
import type { TriggerHost } from '../../../support/triggerHost';
import { eventually, hooksOf, told, useTrigger, write } from './support';

const { sandbox, trigger } = useTrigger();
const mailchimp = () => sandbox.current.mailchimp;
const delivered = async () => await mailchimp().hooks.idle();
const ANA = 'ana@example.com';

const writes = () =>
	sandbox.current.requests
		.list({ service: 'mailchimp' })
		.filter(({ method, path }) => method !== 'GET' && path.includes('/webhooks'))
		.map(({ method }) => method);

const ours = () => {
	const [webhook] = hooksOf(mailchimp());
	return { url: webhook!.url, secret: webhook!.signing_secret! };
};

/** A call as Mailchimp makes it, or somebody who would like to be taken for it. */
async function post(host: TriggerHost, body: string, { at = Date.now(), key = true, secret = 'own' } = {}) {
	const [webhook] = hooksOf(mailchimp());
	const signed = secret === 'own' ? webhook!.signing_secret : secret;
	const url = key ? webhook!.url : host.url;
	return await host.call(
		Buffer.from(body),
		{ 'content-type': 'application/x-www-form-urlencoded', ...signature(signed, body, at) },
		url,
	);
}

const form = (more: Record<string, string> = {}) =>
	new URLSearchParams({
		type: 'unsubscribe',
		fired_at: '2026-11-26 10:00:00',
		'data[id]': 'abc',
		'data[email]': ANA,
		'data[list_id]': 'a1b2c3d4e5',
		...more,
	}).toString();

describe('switching on', () => {
	test('makes one webhook with the events and sources chosen, and a secret in its address', async () => {
		const host = await trigger({ events: ['unsubscribe', 'cleaned'], sources: ['user'] });
		await host.activate();
		const hooks = hooksOf(mailchimp());
		expect(hooks).toHaveLength(1);
		expect(hooks[0]!.url).toMatch(new RegExp(`^${host.url}\\?key=[\\w-]{32}$`));
		expect(hooks[0]).toMatchObject({
			events: {
				subscribe: false,
				unsubscribe: true,
				profile: false,
				cleaned: true,
				upemail: false,
				campaign: false,
			},
			sources: { user: true, admin: false, api: false },
		});
		expect(host.memory.signing).toEqual({ [hooks[0]!.id]: hooks[0]!.signing_secret });
	});

	test('a second time, after a restart, changes nothing', async () => {
		const host = await trigger();
		await host.activate();
		await host.activate('init');
		expect(writes()).toEqual(['POST']);
	});

	test('follows a changed choice, text messages too, and takes them back', async () => {
		const host = await trigger({ events: ['unsubscribe'] });
		await host.activate();
		host.change({ events: ['unsubscribe', 'sms_unsubscribe'] });
		await host.activate('update');
		expect(hooksOf(mailchimp())[0]!.events).toMatchObject({ sms_unsubscribe: true, unsubscribe: true });
		expect(writes()).toEqual(['POST', 'PATCH']);
	});

	test('leaves other webhooks of the audience alone, also those of another n8n at the same path', async () => {
		const host = await trigger();
		const { pathname } = new URL(host.url);
		const other = { events: {}, sources: { user: true, admin: true, api: true }, list_id: 'a1b2c3d4e5' };
		for (const [id, url] of [
			['a', 'https://hooks.example/one'],
			['b', `https://n8n.example${pathname}?key=x`],
		] as const)
			mailchimp().audience.webhooks.set(id, { id, url, ...other });
		await host.activate();
		await host.deactivate();
		expect(hooksOf(mailchimp()).map(({ id }) => id)).toEqual(['a', 'b']);
	});

	test('with nothing remembered makes its webhook anew, for nobody has the signing secret any more', async () => {
		const host = await trigger();
		await host.activate();
		const before = hooksOf(mailchimp())[0]!.signing_secret;
		host.saved = {};
		await host.activate();
		const hooks = hooksOf(mailchimp());
		expect(hooks).toHaveLength(1);
		expect(hooks[0]!.signing_secret).not.toBe(before);
		expect(Object.values(host.memory.signing as object)).toEqual([hooks[0]!.signing_secret]);
	});

	test('an answer that got lost leaves one webhook, with a secret that is known', async () => {
		const host = await trigger();
		sandbox.current.faults.add({
			service: 'mailchimp',
			method: 'POST',
			path: /webhooks/,
			kind: 'resetAfter',
		});
		await host.activate();
		const hooks = hooksOf(mailchimp());
		expect(hooks).toHaveLength(1);
		expect(Object.values(host.memory.signing as object)).toEqual([hooks[0]!.signing_secret]);
	});

	test('has Mailchimp call by https where n8n was moved to it, at the same host', async () => {
		const host = await trigger();
		await host.activate();
		const [webhook] = hooksOf(mailchimp());
		const { url } = webhook!;
		webhook!.url = url.replace('http:', 'https:');
		await host.activate('init');
		expect(hooksOf(mailchimp()).map((one) => one.url)).toEqual([url]);
		expect(writes()).toEqual(['POST', 'PATCH']);
	});

	test('does not tell the secret of its address when Mailchimp repeats the address', async () => {
		const host = await trigger();
		const password = 'Secret-of-the-address_0123456789';
		host.memory.secret = { user: 'n8n', password };
		const detail = `${host.url}?key=${password} is not there`;
		sandbox.current.faults.add({
			service: 'mailchimp',
			method: 'POST',
			path: /webhooks/,
			kind: 'status',
			status: 400,
			body: { type: 'about:blank', title: 'Invalid Resource', status: 400, detail, instance: '1' },
		});
		const failure = await host.activate().catch((error: Error) => error);
		const said = JSON.stringify(failure, Object.getOwnPropertyNames(failure));
		expect(said).toContain('is not there');
		expect(said).not.toContain(password);
	});

	test('says what to do when nothing is chosen, or the audience is a name', async () => {
		await expect((await trigger({ events: [] })).activate()).rejects.toThrow(/'Events' is empty/);
		await expect((await trigger({ sources: [] })).activate()).rejects.toThrow(/'Sources' is empty/);
		const named = { __rl: true, mode: 'id', value: 'My News' };
		await expect((await trigger({ audience: named })).activate()).rejects.toThrow(/is not an ID: “My News”/);
	});
});

test('switching off removes the webhook', async () => {
	const host = await trigger();
	await host.activate();
	await host.deactivate();
	expect(hooksOf(mailchimp())).toEqual([]);
});

describe('events', () => {
	test('of every kind come as items, flat and with merge fields', async () => {
		const host = await trigger();
		await host.activate();
		write(mailchimp(), { email_address: ANA, merge_fields: { FNAME: '李雷 🎉' } });
		write(mailchimp(), { email_address: ANA, merge_fields: { FNAME: 'Ana' } });
		write(mailchimp(), { email_address: ANA, status: 'unsubscribed' });
		await delivered();
		expect(told(host).sort()).toEqual([`profile ${ANA}`, `subscribe ${ANA}`, `unsubscribe ${ANA}`]);
		expect(host.json.find(({ type }) => type === 'subscribe')).toMatchObject({
			type: 'subscribe',
			fired_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
			list_id: 'a1b2c3d4e5',
			email: ANA,
			merge_fields: { FNAME: '李雷 🎉' },
		});
		expect(host.json.find(({ type }) => type === 'unsubscribe')).toMatchObject({
			reason: 'manual',
			action: 'unsub',
		});
		expect(host.answers.every((status) => status === 200)).toBe(true);
	});

	test('of no source that was not chosen', async () => {
		const host = await trigger({ sources: ['user'] });
		await host.activate();
		write(mailchimp(), { email_address: ANA }, 'api');
		write(mailchimp(), { email_address: 'ben@example.com' }, 'user');
		await delivered();
		expect(told(host)).toEqual(['subscribe ben@example.com']);
	});

	test('that come twice are told once', async () => {
		const host = await trigger();
		await host.activate();
		for (let i = 0; i < 3; i++) expect((await post(host, form())).status).toBe(200);
		expect((await post(host, form({ fired_at: '2026-11-26 10:00:01' }))).status).toBe(200);
		expect(host.executions).toHaveLength(2);
	});

	test('of the same second are told each, when they are different ones', async () => {
		const host = await trigger({ events: ['profile', 'sms_subscribe'] });
		await host.activate();
		const posts = [
			form({ type: 'profile', 'data[merges][FNAME]': 'Ana' }),
			form({ type: 'profile', 'data[merges][FNAME]': '安娜 🎉' }),
			...['+49 1', '+49 2'].map((phone) =>
				form({ type: 'sms_subscribe', 'data[id]': '', 'data[email]': '', 'data[phone]': phone }),
			),
		];
		for (const body of [...posts, ...posts]) expect((await post(host, body)).status).toBe(200);
		expect(host.json).toHaveLength(4);
	});

	test('whose values are nested without an end, are lists, or are no values, come as far as they can be read', async () => {
		const host = await trigger();
		await host.activate();
		await post(host, `${form()}&data${'[deep]'.repeat(100_000)}=1`);
		await post(host, `${form({ 'data[id]': 'list' })}&data[merges][L][]=1&data[merges][L][]=2`);
		await post(host, `${form({ 'data[id]': 'none' })}&data[merges]=x`);
		expect(host.json.map(({ id, merge_fields: values }) => [id, values])).toEqual([
			['abc', undefined],
			['list', { L: { 0: '1', 1: '2' } }],
			['none', undefined],
		]);
	}, 60_000);

	test('as Mailchimp posts them when Simplify is off', async () => {
		const host = await trigger({ simplify: false });
		await host.activate();
		await post(host, form({ 'data[merges][FNAME]': 'Ana', 'data[__proto__][x]': '1' }));
		expect(host.json).toEqual([
			{
				type: 'unsubscribe',
				fired_at: '2026-11-26 10:00:00',
				data: { id: 'abc', email: ANA, list_id: 'a1b2c3d4e5', merges: { FNAME: 'Ana' } },
			},
		]);
	});

	test('of another audience, of a kind that is not wanted, and what is no event start nothing', async () => {
		const host = await trigger();
		await host.activate();
		await post(host, form({ 'data[list_id]': 'ffffffffff' }));
		await post(host, form({ type: 'campaign' }));
		await post(host, 'hello=world');
		expect(host.answers.slice(-3)).toEqual([200, 200, 200]);
		expect(host.executions).toEqual([]);
	});

	test('that n8n could not take over are taken when they come again', async () => {
		const host = await trigger();
		await host.activate();
		host.isFailing = true;
		expect((await post(host, form())).status).toBe(500);
		host.isFailing = false;
		expect((await post(host, form())).status).toBe(200);
		expect(host.executions).toHaveLength(1);
	});
});

describe('who calls', () => {
	test.each([
		['without the key of the address', { key: false }],
		['with another signing secret', { secret: 'ab'.repeat(24) }],
		['without a signature', { secret: '' }],
		['with a signature of six minutes ago', { at: Date.now() - 360_000 }],
		['with a signature of tomorrow', { at: Date.now() + 86_400_000 }],
	])('%s is turned away', async (_, how) => {
		const host = await trigger();
		await host.activate();
		expect((await post(host, form(), how)).status).toBe(401);
		expect(host.executions).toEqual([]);
	});

	test('is told in the log once an hour, when it knows the address: Mailchimp may have a new secret, or the clock be wrong', async () => {
		const warnings: string[] = [];
		const warn = (message: string) => void warnings.push(message);
		const logger = { ...console, warn };
		Object.defineProperty(WebhookContext.prototype, 'logger', { configurable: true, value: logger });
		const later = jest.spyOn(Date, 'now');
		try {
			const host = await trigger();
			await host.activate();
			await post(host, form(), { key: false });
			expect(warnings).toEqual([]);
			const at = Date.now() + 10 * 3_600_000;
			later.mockImplementation(() => at);
			for (let i = 0; i < 3; i++) await post(host, form(), { at, secret: 'ab'.repeat(24) });
			expect(warnings).toEqual([expect.stringMatching(/signature is not right.*publish the workflow/)]);
			later.mockImplementation(() => at + 3_600_000);
			await post(host, form(), { at });
			expect(warnings.slice(1)).toEqual([expect.stringMatching(/clock of this computer/)]);
			expect(warnings.join(' ')).not.toContain(ours().secret);
		} finally {
			later.mockRestore();
			Reflect.deleteProperty(WebhookContext.prototype, 'logger');
		}
	});

	test('with a body that was changed on the way is turned away', async () => {
		const host = await trigger();
		await host.activate();
		const { url, secret } = ours();
		const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signature(secret, form()) };
		const { status } = await host.call(Buffer.from(form({ 'data[email]': 'eve@example.com' })), headers, url);
		expect(status).toBe(401);
	});

	test('with one right signature of several is let in', async () => {
		const host = await trigger();
		await host.activate();
		const { url, secret } = ours();
		const right = signature(secret, form())['x-mailchimp-signature']!;
		const headers = {
			'content-type': 'application/x-www-form-urlencoded',
			'x-mailchimp-signature': right.replace(',v1=', `,v1=${'0'.repeat(64)},v1=`),
		};
		expect((await host.call(Buffer.from(form()), headers, url)).status).toBe(200);
	});

	test('an account without signatures proves itself by the key alone', async () => {
		mailchimp().settings.signWebhooks = false;
		const host = await trigger();
		await host.activate();
		expect((await post(host, form(), { secret: '' })).status).toBe(200);
		expect((await post(host, form(), { secret: '', key: false })).status).toBe(401);
	});

	test('a GET is answered and starts nothing', async () => {
		const host = await trigger();
		await host.activate();
		expect((await fetch(host.url)).status).toBe(200);
		expect(host.executions).toEqual([]);
	});
});

test('a test of the editor makes its own webhook and takes it away after the first event', async () => {
	const host = await trigger();
	await host.listen();
	write(mailchimp(), { email_address: ANA });
	await delivered();
	expect(told(host)).toEqual([`subscribe ${ANA}`]);
	await eventually(() => hooksOf(mailchimp()).length === 0);
	expect(hooksOf(mailchimp())).toEqual([]);
});

test('500 events in one go are all told, each once', async () => {
	const host = await trigger();
	await host.activate();
	for (let at = 0; at < 500; at++) write(mailchimp(), { email_address: `person${at}@example.com` });
	await delivered();
	expect(new Set(told(host)).size).toBe(500);
	expect(host.json).toHaveLength(500);
}, 120_000);
