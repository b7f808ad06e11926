import { eventually, hooksOf, serverOf, useTrigger } from './support';

const { sandbox, trigger } = useTrigger();

const writes = () =>
	sandbox.current.requests
		.list({})
		.filter(({ method, path }) => method !== 'GET' && path.includes('/webhooks'))
		.map(({ method }) => method);

describe('switching on', () => {
	test('makes one webhook a stream, with a sign-in of its own and just the events chosen', async () => {
		const host = await trigger({ events: ['bounce', 'open'], streams: ['outbound', 'broadcast'] });
		await host.activate();
		const hooks = hooksOf(sandbox.current);
		expect(hooks.map(({ MessageStream, Url }) => [MessageStream, Url])).toEqual([
			['outbound', host.url],
			['broadcast', host.url],
		]);
		const [first, second] = hooks;
		expect(first!.HttpAuth).toEqual(second!.HttpAuth);
		expect(first!.HttpAuth!.Password).toMatch(/^[\w-]{32}$/);
		expect(first!.Triggers).toEqual({
			Open: { Enabled: true, PostFirstOpenOnly: true },
			Click: { Enabled: false },
			Delivery: { Enabled: false },
			Bounce: { Enabled: true, IncludeContent: false },
			SpamComplaint: { Enabled: false, IncludeContent: false },
			SubscriptionChange: { Enabled: false },
		});
		expect(sandbox.current.postmark.unknownFields).toEqual([]);
	});

	test('gives every trigger another password', async () => {
		const [one, two] = [await trigger({ events: ['bounce'] }), await trigger({ events: ['bounce'] })];
		await one.activate();
		await two.activate();
		const passwords = hooksOf(sandbox.current).map(({ HttpAuth }) => HttpAuth!.Password);
		expect(new Set(passwords).size).toBe(2);
	});

	test('a second time, after a restart, changes nothing', async () => {
		const host = await trigger({ events: ['bounce'], streams: ['outbound', 'broadcast'] });
		await host.activate();
		await host.activate('init');
		expect(writes()).toEqual(['POST', 'POST']);
	});

	test('follows a changed choice of events', async () => {
		const host = await trigger({ events: ['bounce', 'click'] });
		await host.activate();
		const { ID } = hooksOf(sandbox.current)[0]!;
		host.change({ events: ['bounce'], includeContent: true });
		await host.activate('update');
		expect(writes()).toEqual(['POST', 'PUT']);
		expect(hooksOf(sandbox.current)).toEqual([
			expect.objectContaining({
				ID,
				Triggers: expect.objectContaining({
					Click: { Enabled: false },
					Bounce: { Enabled: true, IncludeContent: true },
				}),
			}),
		]);
	});

	test('follows a changed choice of streams', async () => {
		const host = await trigger({ events: ['bounce'], streams: ['outbound'] });
		await host.activate();
		host.change({ streams: ['broadcast'] });
		await host.activate('update');
		expect(hooksOf(sandbox.current).map(({ MessageStream }) => MessageStream)).toEqual(['broadcast']);
	});

	test('makes a webhook again that somebody has removed in Postmark', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		serverOf(sandbox.current).webhooks.clear();
		await host.activate('init');
		expect(hooksOf(sandbox.current)).toHaveLength(1);
	});

	test('sets the sign-in again when n8n has lost what it knew, or somebody changed it in Postmark', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		const before = hooksOf(sandbox.current)[0]!.HttpAuth!.Password;
		host.saved = {};
		await host.activate('init');
		const after = hooksOf(sandbox.current)[0]!.HttpAuth!.Password;
		expect(after).not.toBe(before);
		hooksOf(sandbox.current)[0]!.HttpAuth!.Password = 'of somebody else';
		await host.activate('init');
		expect(hooksOf(sandbox.current).map(({ HttpAuth }) => HttpAuth!.Password)).toEqual([after]);
	});

	test('leaves the webhooks of others alone', async () => {
		const host = await trigger({ events: ['bounce'] });
		const other = await trigger({ events: ['delivery'] });
		await other.activate();
		await host.activate();
		await host.deactivate();
		expect(hooksOf(sandbox.current).map(({ Url }) => Url)).toEqual([other.url]);
	});

	test('leaves nothing behind when one of the streams is not there', async () => {
		const host = await trigger({ events: ['bounce'], streams: ['outbound', 'gone'] });
		await expect(host.activate()).rejects.toThrow('The server has no such message stream');
		expect(hooksOf(sandbox.current)).toEqual([]);
	});

	test.each([
		[{ events: [] }, "'Events' is empty"],
		[{ events: ['bounce'], streams: [] }, "'Message Streams' is empty"],
		[{ events: ['bounces'] }, "'Events' has “bounces”, which is not one"],
	])('with %j says what is missing', async (parameters, message) => {
		const host = await trigger(parameters);
		await expect(host.activate()).rejects.toThrow(message);
	});

	test('with an unknown token says so, without showing it', async () => {
		const host = await trigger({ events: ['bounce'] });
		host.addCredential('mailOpsPostmarkServerApi', {
			serverToken: 'unknown-token-4711',
			baseUrl: sandbox.current.postmark.url,
		});
		const error = await host.activate().catch((e: Error) => e);
		expect(error).toMatchObject({ message: 'Postmark does not know this server token' });
		expect(JSON.stringify(error)).not.toContain('unknown-token-4711');
	});

	test('after a restart it goes on although Postmark is away', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		host.addCredential('mailOpsPostmarkServerApi', { serverToken: 'x', baseUrl: 'http://127.0.0.1:9' });
		await host.activate('init');
		expect(host.isActive).toBe(true);
	});
});

describe('switching off', () => {
	test('removes every webhook, also when n8n has lost what it knew', async () => {
		const host = await trigger({ events: ['bounce'], streams: ['outbound', 'broadcast'] });
		await host.activate();
		await host.deactivate();
		expect(hooksOf(sandbox.current)).toEqual([]);
		expect(JSON.stringify(host.saved)).not.toContain('password');
		await host.activate();
		host.saved = {};
		await host.deactivate();
		expect(hooksOf(sandbox.current)).toEqual([]);
	});

	test('does not mind webhooks that are gone, nor fields that were emptied', async () => {
		const host = await trigger({ events: ['bounce'], streams: ['outbound', 'broadcast'] });
		await host.activate();
		serverOf(sandbox.current).webhooks.delete(hooksOf(sandbox.current)[0]!.ID);
		host.change({ events: [], streams: [] });
		await host.deactivate();
		expect(hooksOf(sandbox.current)).toEqual([]);
	});
});

describe('“Listen for test event”', () => {
	test('has a webhook only while it listens, beside that of the active workflow', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.activate();
		await host.listen();
		expect(hooksOf(sandbox.current).map(({ Url }) => Url)).toEqual([host.url, host.testUrl]);
		await host.stopListening();
		expect(hooksOf(sandbox.current).map(({ Url }) => Url)).toEqual([host.url]);
	});

	test('takes one event, and its webhook is gone', async () => {
		const host = await trigger({ events: ['bounce'] });
		await host.listen();
		const bounce = sandbox.current.postmark.bounce({ email: 'gone@example.net' });
		await sandbox.current.postmark.hooks.idle();
		expect(host.json).toEqual([expect.objectContaining({ ID: bounce.ID })]);
		await eventually(() => hooksOf(sandbox.current).length === 0);
		expect(hooksOf(sandbox.current)).toEqual([]);
	});
});
