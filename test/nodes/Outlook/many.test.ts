import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { asked, run } from './support';

/** As far away as Microsoft is: what is ready meanwhile travels together. */
const sandbox = useSandbox({ latencyMs: 100 });

test('a thousand messages updated in some fifty requests, each item with its own answer', async () => {
	const items = Array.from({ length: 1_000 }, (_, i) => ({
		json: { id: `AAkALg${sandbox.current.outlook.receive(`m${i}`).id}` },
	}));
	items[7]!.json.id = 'AAkALg99999999';
	const done = await run(
		sandbox.current,
		'message.update',
		{ messageId: '={{ $json.id }}', updateFields: { isRead: true } },
		{ items, settings: { onError: 'continueErrorOutput' } },
	);
	expect(done.error).toBeUndefined();
	expect(asked(sandbox.current).length).toBeLessThanOrEqual(55);
	expect(done.items(NODE)).toHaveLength(999);
	expect(done.json(NODE).map(({ id }) => id)).toEqual(
		items.filter((_, i) => i !== 7).map(({ json }) => json.id),
	);
	expect(done.json(NODE, 1)).toMatchObject([
		{ error: 'What was asked for is not there', details: { item: 7, code: 'ErrorItemNotFound' } },
	]);
	const { items: all } = sandbox.current.outlook.mailbox().messages;
	expect([...all.values()].filter(({ props }) => props.isRead === true)).toHaveLength(999);
	expect(sandbox.current.outlook.throttled).toEqual([]);
});

test('two hundred messages sent in some twenty requests, each once', async () => {
	sandbox.current.outlook.settings.messagesPerMinute = 100_000;
	const items = Array.from({ length: 200 }, (_, i) => ({ json: { to: `p${i}@elsewhere.example` } }));
	const form = { to: '={{ $json.to }}', subject: 'Hi', html: '<p>Hi</p>', once: true };
	const done = await run(sandbox.current, 'message.send', form, { items });
	expect(done.error).toBeUndefined();
	const { sent } = sandbox.current.outlook.post;
	expect(sent.map(({ to }) => to[0]).sort()).toEqual(items.map(({ json }) => json.to).sort());
	expect(done.json(NODE).map(({ toRecipients }) => JSON.stringify(toRecipients))).toEqual(
		items.map(({ json }) => expect.stringContaining(json.to)),
	);
	expect(asked(sandbox.current).length).toBeLessThanOrEqual(26);
	expect(sandbox.current.outlook.throttled).toEqual([]);
});

test('three hundred messages queued twenty in a request, without waiting for the pace they leave at', async () => {
	const items = Array.from({ length: 300 }, (_, i) => ({ json: { to: `p${i}@elsewhere.example` } }));
	const form = { queue: 'News', to: '={{ $json.to }}', subject: 'Hi', html: '<p>Hi</p>', key: '' };
	const credential = { messagesPerMinute: 30 };
	const done = await run(sandbox.current, 'message.queue', form, { items, credential });
	expect(done.error).toBeUndefined();
	expect(asked(sandbox.current).length).toBeLessThanOrEqual(42);
	const { post, throttled } = sandbox.current.outlook;
	expect([throttled, post.sent]).toEqual([[], []]);
	sandbox.current.outlook.moveMinutes(12);
	expect(post.sent.map(({ to }) => to[0])).toEqual(items.map(({ json }) => json.to));
	expect(post).toMatchObject({ late: 0, refused: 0, bounced: 0 });
});

test('forty items about twenty messages travel twenty in a request all the same', async () => {
	const ids = Array.from({ length: 20 }, (_, i) => `AAkALg${sandbox.current.outlook.receive(`m${i}`).id}`);
	const items = ids.flatMap((id) => ['A', 'B'].map((name) => ({ json: { id, name } })));
	const form = { messageId: '={{ $json.id }}', categories: '={{ $json.name }}', how: 'add' };
	const done = await run(sandbox.current, 'message.categorize', form, { items });
	expect(done.error).toBeUndefined();
	expect(done.json(NODE).map(({ id }) => id)).toEqual(items.map(({ json }) => json.id));
	// Four that follow one another, each of which may begin with some that were ready before the others: how many, a busy machine
	// decides. Alone they would be eighty.
	expect(asked(sandbox.current).length).toBeLessThan(20);
});
