import { forgetDelivered } from '../../../../core/webhook/deliveredIds';
import { keyIn } from '../../../../core/webhook/auth';
import { eventually } from '../../../support/triggers';
import { NODE } from '../../../support/runNode';
import { run } from '../support';
import { hooksOf, reportsOf, useTrigger } from './support';

const { sandbox, trigger } = useTrigger();
const reports = () => reportsOf(sandbox.current);
const actions = () => hooksOf(sandbox.current).map(({ action }) => action);
const writes = () =>
	sandbox.current.requests
		.list({})
		.filter(({ method, path }) => method !== 'GET' && path.includes('/webhook'))
		.map(({ method }) => method);
const BOUNCE = { event: 'hard_bounces', timestamp: '1764170000', email: 'ana@example.net', task_id: 1 };

describe('switching on', () => {
	test('makes one webhook for each event, at an address with a secret of its own', async () => {
		const host = await trigger({ events: ['hard_bounces', 'unsubscribe'] });
		await host.activate();
		expect(actions()).toEqual(['hard_bounces', 'unsubscribe']);
		const [one, two] = hooksOf(sandbox.current).map(({ url }) => keyIn(url));
		expect(one).toEqual({ url: host.url, key: expect.stringMatching(/^[\w-]{32}$/) });
		expect(two).toEqual(one);
	});

	test('the secret does not come out of a request of one’s own', async () => {
		const host = await trigger({ events: ['spam'] });
		await host.activate();
		const { key } = keyIn(hooksOf(sandbox.current)[0]!.url);
		const path = '/v2/email-service/webhook';
		const asked = await run(sandbox.current, 'custom.request', { method: 'GET', path });
		expect(JSON.stringify(asked.json(NODE))).not.toContain(key);
		expect(asked.json(NODE)).toEqual([
			expect.objectContaining({ data: [expect.objectContaining({ url: `${host.url}?***` })] }),
		]);
	});

	test('a second time, after a restart, changes nothing', async () => {
		const host = await trigger({ events: ['hard_bounces', 'spam'] });
		await host.activate();
		await host.activate('init');
		expect(writes()).toEqual(['POST', 'POST']);
	});

	test('follows a changed choice, and makes anew what somebody has removed', async () => {
		const host = await trigger({ events: ['hard_bounces', 'spam'] });
		await host.activate();
		host.change({ events: ['spam', 'open'] });
		await host.activate('update');
		expect(actions()).toEqual(['spam', 'open']);
		reports().webhooks.clear();
		await host.activate('init');
		expect(actions()).toEqual(['spam', 'open']);
	});

	test('sets another secret when n8n has lost the first', async () => {
		const host = await trigger({ events: ['spam'] });
		await host.activate();
		const before = hooksOf(sandbox.current)[0]!.url;
		host.saved = {};
		await host.activate('init');
		expect(hooksOf(sandbox.current).map(({ url }) => url)).toEqual([expect.not.stringContaining(before)]);
	});

	test('makes each once when the answer to the first gets lost', async () => {
		sandbox.current.faults.add({
			service: 'sendpulse',
			method: 'POST',
			path: '/v2/email-service/webhook',
			kind: 'resetAfter',
		});
		const host = await trigger({ events: ['spam', 'open'] });
		await host.activate();
		expect(actions().sort()).toEqual(['open', 'spam']);
	});

	test('leaves nothing behind when it cannot be finished', async () => {
		sandbox.current.faults.add({
			service: 'sendpulse',
			method: 'POST',
			path: '/v2/email-service/webhook',
			kind: 'status',
			status: 422,
			body: { message: 'Argument actions is invalid', error_code: 422 },
			after: 1,
		});
		const host = await trigger({ events: ['spam', 'open'] });
		await expect(host.activate()).rejects.toThrow('SendPulse does not take a value of this request');
		expect(actions()).toEqual([]);
	});

	test.each([
		[{ events: [] }, "'Events' is empty"],
		[{ events: ['bounces'] }, "'Events' has “bounces”, which is not one"],
		[{ service: 'smtp', key: '', smtpEvents: ['spam'] }, "'Events' has “spam”, which is not one"],
	])('with %j says what is missing', async (parameters, message) => {
		const host = await trigger(parameters);
		await expect(host.activate()).rejects.toThrow(message);
	});

	test('after a restart it goes on although SendPulse is away', async () => {
		const host = await trigger({ events: ['spam'] });
		await host.activate();
		host.addCredential('mailOpsSendPulseApi', {
			authentication: 'apiKey',
			apiKey: 'x',
			baseUrl: 'http://127.0.0.1:9',
		});
		await host.activate('init');
		expect(host.isActive).toBe(true);
	});
});

describe('switching off', () => {
	test('removes its webhooks and no others, also when n8n has lost what it knew', async () => {
		reports().register('https://elsewhere.example/hook', ['spam']);
		const host = await trigger({ events: ['spam', 'open'] });
		await host.activate();
		await host.deactivate();
		expect(actions()).toEqual(['spam']);
		expect(JSON.stringify(host.saved)).not.toContain('password');
		await host.activate();
		host.saved = {};
		await host.deactivate();
		expect(hooksOf(sandbox.current).map(({ url }) => url)).toEqual(['https://elsewhere.example/hook']);
	});

	test('“Listen for test event” has webhooks only while it listens', async () => {
		const host = await trigger({ events: ['spam'] });
		await host.listen();
		expect(hooksOf(sandbox.current).map(({ url }) => keyIn(url).url)).toEqual([host.testUrl]);
		reports().email('spam', 'ana@example.net');
		await reports().hooks.idle();
		expect(host.json).toEqual([expect.objectContaining({ event: 'spam', email: 'ana@example.net' })]);
		await eventually(() => actions().length === 0);
		expect(actions()).toEqual([]);
	});
});

describe('a call', () => {
	test('brings several events, each of which is an item; others are let go by', async () => {
		const host = await trigger({ events: ['spam', 'unsubscribe'] });
		await host.activate();
		for (const email of ['a@example.net', 'b@example.net']) reports().email('unsubscribe', email);
		reports().email('spam', 'c@example.net');
		await reports().hooks.idle();
		expect(reports().hooks.calls.map(({ state, events }) => [state, events.length])).toEqual([
			['delivered', 3],
		]);
		expect(host.executions).toHaveLength(1);
		expect(host.json).toEqual([
			expect.objectContaining({ event: 'unsubscribe', email: 'a@example.net' }),
			expect.objectContaining({ event: 'unsubscribe', email: 'b@example.net' }),
			expect.objectContaining({ event: 'spam', email: 'c@example.net', timestamp: expect.any(String) }),
		]);
		const { url } = hooksOf(sandbox.current)[0]!;
		for (const body of [[{ event: 'open', email: 'x' }], {}, null, 'text', [1], [[]], []])
			expect((await host.call(body, {}, url)).status).toBe(200);
		expect(host.executions).toHaveLength(1);
	});

	test.each([
		['without the secret', (url: string) => url],
		['with a wrong secret', (url: string) => `${url}?key=guessed`],
		['with two secrets', (url: string) => `${url}?key=a&key=b`],
	])('%s is turned away, also one that says it comes from the trigger', async (_, addressOf) => {
		const host = await trigger({ events: ['hard_bounces'] });
		await host.activate();
		for (const body of [[BOUNCE], { wake: true }])
			expect((await host.call(body, {}, addressOf(host.url))).status).toBe(401);
		expect(host.executions).toEqual([]);
	});

	test('that comes again starts nothing, also after a restart and when two come at once', async () => {
		const host = await trigger({ events: ['hard_bounces'] });
		await host.activate();
		const { url } = hooksOf(sandbox.current)[0]!;
		await Promise.all([1, 2].map(async () => await host.call([BOUNCE], {}, url)));
		forgetDelivered();
		await host.call([BOUNCE, { ...BOUNCE, email: 'ben@example.net' }], {}, url);
		expect(host.json.map(({ email }) => email)).toEqual(['ana@example.net', 'ben@example.net']);
	});

	test('is taken when n8n could not start the execution the first time', async () => {
		const host = await trigger({ events: ['hard_bounces'] });
		await host.activate();
		const { url } = hooksOf(sandbox.current)[0]!;
		host.isFailing = true;
		expect((await host.call([BOUNCE], {}, url)).status).toBe(500);
		host.isFailing = false;
		expect((await host.call([BOUNCE], {}, url)).status).toBe(200);
		expect(host.json).toEqual([BOUNCE]);
	});
});
