import { json, tinyServer } from '../../../core/support/tinyServer';
import { runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { asked, listOf, operationNode, perform, refusal } from '../operations';

const sandbox = useSandbox();

const hook = (more: Record<string, unknown> = {}) => ({
	url: 'https://yunhe.example/postmark',
	stream: { __rl: true, mode: 'list', value: 'outbound' },
	events: ['Bounce', 'Open'],
	...more,
});
const create = async (more: Record<string, unknown> = {}) =>
	(await perform(sandbox.current, 'webhook.create', hook(more) as never)).rows[0]!;

/** What the service keeps, secrets and all. */
async function stored(id: unknown) {
	const { postmark } = sandbox.current;
	const response = await fetch(`${postmark.url}/webhooks/${String(id)}`, {
		headers: { Accept: 'application/json', 'X-Postmark-Server-Token': postmark.serverToken },
	});
	return (await response.json()) as Record<string, unknown>;
}

test('Create switches on what is ticked and nothing else, and never shows the secrets', async () => {
	const made = await create({
		options: {
			username: 'postmark',
			password: 'pass-4711',
			headers: { header: [{ name: 'X-Secret', value: 'secret-4711' }] },
			firstOpenOnly: true,
			bounceContent: true,
		},
	});
	expect(made).toMatchObject({
		ID: expect.any(Number),
		Url: 'https://yunhe.example/postmark',
		MessageStream: 'outbound',
		HttpAuth: { Username: 'postmark' },
		HttpHeaders: [{ Name: 'X-Secret' }],
	});
	expect(JSON.stringify(made)).not.toMatch(/4711/);
	expect((await stored(made.ID)).Triggers).toEqual({
		Open: { Enabled: true, PostFirstOpenOnly: true },
		Click: { Enabled: false },
		Delivery: { Enabled: false },
		Bounce: { Enabled: true, IncludeContent: true },
		SpamComplaint: { Enabled: false, IncludeContent: false },
		SubscriptionChange: { Enabled: false },
	});
});

test('Update leaves alone what is not named', async () => {
	const made = await create({ options: { firstOpenOnly: true, username: 'a', password: 'b' } });
	const webhook = { __rl: true, mode: 'list', value: made.ID };
	await perform(sandbox.current, 'webhook.update', { webhook, updateFields: { bounceContent: true } });
	expect(await stored(made.ID)).toMatchObject({
		Url: 'https://yunhe.example/postmark',
		Triggers: {
			Open: { Enabled: true, PostFirstOpenOnly: true },
			Bounce: { Enabled: true, IncludeContent: true },
			Click: { Enabled: false },
		},
	});
	await perform(sandbox.current, 'webhook.update', {
		webhook,
		updateFields: { url: 'https://yunhe.example/new', events: ['Click'] },
	});
	expect(await stored(made.ID)).toMatchObject({
		Url: 'https://yunhe.example/new',
		Triggers: { Open: { Enabled: false, PostFirstOpenOnly: true }, Click: { Enabled: true } },
	});
});

test('a new URL alone needs no second request', async () => {
	const { ID } = await create();
	sandbox.current.requests.clear();
	await perform(sandbox.current, 'webhook.update', {
		webhook: ID as number,
		updateFields: { url: 'https://yunhe.example/new' },
	});
	expect(asked(sandbox.current)).toEqual([`PUT /webhooks/${String(ID)}`]);
});

test.each([
	['no event', hook({ events: '={{ [] }}' }), "'Events' is empty [item 0]"],
	['a user name without a password', hook({ options: { username: 'a' } }), "'Password' is missing [item 0]"],
	['a password without a user name', hook({ options: { password: 'a' } }), "'User Name' is missing [item 0]"],
	['no URL', hook({ url: ' ' }), "'URL' is empty [item 0]"],
])('%s is named before anything is asked', async (_, parameters, words) => {
	const { message } = await refusal(sandbox.current, 'webhook.create', parameters as never);
	expect(message).toBe(words);
	expect(sandbox.current.requests.total).toBe(0);
});

test('Get Many looks into every stream that sends, or into one', async () => {
	const first = await create();
	const second = await create({ stream: 'broadcast' });
	const ids = async (parameters = {}) =>
		(await perform(sandbox.current, 'webhook.getAll', parameters)).rows.map(({ ID }) => ID);
	expect(await ids()).toEqual([first.ID, second.ID]);
	expect(await ids({ filters: { messageStream: 'broadcast' } })).toEqual([second.ID]);
	expect(await ids({ limit: 1 })).toEqual([first.ID]);
});

test('Get shows one, Delete removes it', async () => {
	const { ID } = await create({ options: { username: 'postmark', password: 'pass-4711' } });
	const { rows } = await perform(sandbox.current, 'webhook.get', { webhook: ID as number });
	expect(rows[0]).toMatchObject({ ID, HttpAuth: { Username: 'postmark' } });
	expect(JSON.stringify(rows)).not.toContain('pass-4711');
	const deleted = await perform(sandbox.current, 'webhook.delete', { webhook: ID as number });
	expect(deleted.rows).toEqual([{ deleted: true, ID }]);
	expect((await perform(sandbox.current, 'webhook.getAll')).rows).toEqual([]);
});

test('a webhook that is not there is named as the field at fault', async () => {
	for (const operation of ['webhook.get', 'webhook.delete']) {
		const { message, details } = await refusal(sandbox.current, operation, { webhook: 999 });
		expect(message).toBe('The server has no such webhook [item 0]');
		expect(details).toMatchObject({ field: 'Webhook', outcome: 'refused' });
	}
});

test('the list shows where a webhook leads, without what is secret in its URL', async () => {
	const { ID } = await create({ url: 'https://me:pass-4711@yunhe.example/hook?key=secret-4711' });
	const { results } = await listOf(sandbox.current, 'searchWebhooks')('HOOK');
	expect(results).toEqual([{ name: 'https://yunhe.example/hook (outbound)', value: ID }]);
});

test('Update sends all six events as they were, whatever the service makes of those that are not named', async () => {
	const Triggers = {
		Open: { Enabled: true, PostFirstOpenOnly: true },
		SpamComplaint: { Enabled: true, IncludeContent: true },
	};
	const service = await tinyServer((_, response) =>
		json(response, { ID: 7, Url: 'https://x.example', Triggers }),
	);
	const spec = operationNode(sandbox.current, 'webhook.update', {
		webhook: 7,
		updateFields: { bounceContent: true },
	});
	spec.credentials.mailOpsPostmarkServerApi!.baseUrl = service.url;
	const run = await runNode(spec);
	await service.close();
	expect(run.error).toBeUndefined();
	expect(JSON.parse(service.seen.at(-1)!.body)).toEqual({
		Triggers: {
			...Triggers,
			Bounce: { Enabled: false, IncludeContent: true },
			Click: { Enabled: false },
			Delivery: { Enabled: false },
			SubscriptionChange: { Enabled: false },
		},
	});
});
