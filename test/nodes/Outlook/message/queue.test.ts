import { processState, useShared } from '../../../../core/shared';
import { NODE } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { problem, rows, run } from '../support';

const sandbox = useSandbox();
/** As after a restart: what this process remembers of the test before is forgotten. */
beforeEach(() => useShared(processState()));
afterAll(() => useShared());
const outlook = () => sandbox.current.outlook;
const sent = () => outlook().post.sent;
const waiting = () => outlook().mailbox().messages.in(outlook().settings.heldIn);
const PACE = { credential: { messagesPerMinute: 30 } };

const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ json: { email: `p${i}@elsewhere.example` } }));
const FORM = { queue: 'Newsletter', to: '={{ $json.email }}', subject: 'Hi', html: '<p>Hi</p>', key: '' };
const enqueue = async (items = people(3), form: object = {}, more: object = {}) =>
	await rows(sandbox.current, 'message.queue', { ...FORM, ...form }, { items, ...PACE, ...more });
const slots = (all: Array<Record<string, unknown>>) =>
	all.map(({ leavesAt }) => Date.parse(String(leavesAt)));

describe.each([
	['in Drafts', { heldIn: 'drafts', heldIsDraft: false } as const],
	['in Drafts, told as a draft', { heldIn: 'drafts', heldIsDraft: true } as const],
	['in the Outbox', { heldIn: 'outbox', heldIsDraft: false } as const],
])('Exchange keeps them %s', (_name, settings) => {
	beforeEach(() => void Object.assign(outlook().settings, settings));

	test('each has its slot, and leaves at the pace with nothing held back', async () => {
		const before = Date.now();
		const queued = await enqueue(people(70));
		expect(queued[0]).toMatchObject({
			queued: true,
			queuedBefore: false,
			queue: 'Newsletter',
			subject: 'Hi',
		});
		const times = slots(queued);
		expect(times[0]).toBeGreaterThanOrEqual(before + 60_000);
		expect(times.map((at) => at - times[0]!)).toEqual(times.map((_, i) => 2_000 * i));
		expect(sent()).toEqual([]);
		outlook().moveMinutes(2);
		expect(sent().length).toBeGreaterThan(0);
		expect(sent().length).toBeLessThan(70);
		outlook().moveMinutes(10);
		expect(sent().map(({ at, to }) => [at, to[0]])).toEqual(
			times.map((at, i) => [at, `p${i}@elsewhere.example`]),
		);
		expect(outlook().post).toMatchObject({ late: 0, refused: 0, bounced: 0 });
	});

	test('the same items once more: nothing is queued twice, be it that it waits or has left', async () => {
		const first = await enqueue();
		const again = await enqueue();
		expect(again).toEqual(first.map((row) => ({ ...row, queuedBefore: true })));
		// After a restart only the mailbox knows.
		useShared(processState());
		expect(await enqueue()).toEqual(again);
		outlook().moveMinutes(5);
		useShared(processState());
		const later = await enqueue(people(4));
		expect(later.map(({ queuedBefore }) => queuedBefore)).toEqual([true, true, true, false]);
		expect(later.slice(0, 3).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
		outlook().moveMinutes(30);
		expect(sent()).toHaveLength(4);
	});

	test.each([
		['of the draft', 0],
		['of letting it go', 1],
	])('the answer %s is lost: it is queued once', async (_, after) => {
		sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter', after });
		const queued = await enqueue(people(2));
		expect(queued.map(({ queued: yes }) => yes)).toEqual([true, true]);
		expect(waiting()).toHaveLength(2);
		outlook().moveMinutes(5);
		expect(sent()).toHaveLength(2);
	});

	test('one and a whole queue are cancelled, and do not leave', async () => {
		const queued = await enqueue(people(5));
		await enqueue(people(1), { queue: 'Other' });
		const [one] = await rows(sandbox.current, 'message.cancelQueued', {
			what: 'message',
			messageId: queued[1]!.id,
		});
		expect(one).toMatchObject({ id: queued[1]!.id, cancelled: true, state: 'cancelled' });
		const all = await rows(sandbox.current, 'message.cancelQueued', { what: 'queue', queue: 'newsletter' });
		expect(all.map(({ key, cancelled }) => [key === '', cancelled])).toEqual(Array(4).fill([false, true]));
		expect(await rows(sandbox.current, 'message.getQueued', { returnAll: true })).toMatchObject([
			{ queue: 'Other', state: 'waiting' },
		]);
		const [report] = await rows(sandbox.current, 'message.getQueueReport', { queue: 'Newsletter' });
		expect(report).toMatchObject({ waiting: 0, left: 0, cancelled: 5, failed: 0 });
		outlook().moveMinutes(10);
		expect(sent()).toHaveLength(1);
	});

	test('the report counts what waits, has left and failed', async () => {
		await enqueue(people(3));
		outlook().moveMinutes(5);
		const later = new Date(Date.now() + 3_600_000).toISOString();
		const queued = await enqueue(people(5), { options: { sendAt: later } });
		const [report] = await rows(sandbox.current, 'message.getQueueReport', { queue: 'Newsletter' });
		expect(report).toMatchObject({
			waiting: 2,
			left: 3,
			cancelled: 0,
			failed: 0,
			nextLeavesAt: queued[3]!.leavesAt,
			lastLeavesAt: queued[4]!.leavesAt,
		});
	});
});

test('goes on after what waits already, of any queue of the mailbox', async () => {
	const first = slots(await enqueue(people(3)));
	const second = slots(await enqueue(people(2), { queue: 'Other' }));
	expect(second.map((at) => at - first[2]!)).toEqual([2_000, 4_000]);
	const [shared] = slots(await enqueue(people(1), { mailbox: 'support@contoso.example' }));
	expect(shared).toBeLessThan(second[0]!);
});

test('the recipients of a day that are used up: the rest leaves the day after', async () => {
	outlook().settings.recipientsPerDay = 4;
	await rows(sandbox.current, 'message.send', { to: 'a@x.example', subject: 'Hi', html: 'Hi', once: true });
	const times = slots(await enqueue(people(5), { options: { recipientsPerDay: 4 } }));
	const day = 24 * 3_600_000;
	expect(times.slice(0, 3).map((at) => at - times[0]!)).toEqual([0, 2_000, 4_000]);
	expect(times[3]).toBeGreaterThan(sent()[0]!.at + day - 1_000);
	expect(times[4]).toBeGreaterThanOrEqual(times[0]! + day);
	outlook().moveMinutes(3 * 24 * 60);
	expect(sent()).toHaveLength(6);
	expect(outlook().post).toMatchObject({ late: 0, refused: 0, bounced: 0 });
});

test('Not Before moves the slots; a draft that was never let go is made anew', async () => {
	const at = new Date(Date.now() + 7_200_000);
	// On a slot's second, whatever the pace.
	at.setSeconds(0, 0);
	const [row] = await enqueue(people(1), { options: { sendAt: at.toISOString() } });
	expect(Date.parse(String(row!.leavesAt))).toBe(at.getTime());
	const [half] = await enqueue(people(1), { queue: 'Half' });
	const item = outlook().mailbox().messages.find(String(half!.id))!;
	Object.assign(item, { isSubmitted: false });
	item.props.isDraft = true;
	expect(await rows(sandbox.current, 'message.getQueueReport', { queue: 'Half' })).toMatchObject([
		{ waiting: 0, failed: 1, notLetGo: 1 },
	]);
	const [again] = await enqueue(people(1), { queue: 'Half' });
	expect(again).toMatchObject({ queuedBefore: false });
	expect(again!.id).not.toBe(half!.id);
	expect(outlook().mailbox().messages.find(String(half!.id))).toBeUndefined();
});

test('two executions and two items with one key at the same time: queued once', async () => {
	const items = [...people(2), ...people(2)];
	const form = { key: '={{ $json.email }}' };
	const [one, two] = await Promise.all([enqueue(items, form), enqueue(items, form)]);
	expect(waiting()).toHaveLength(2);
	expect([...one, ...two].filter(({ queuedBefore }) => queuedBefore === false)).toHaveLength(2);
	expect(new Set([...one, ...two].map(({ id }) => id)).size).toBe(2);
});

test('one’s own mailbox by no name, its address and its ID is one: one queue, one pace', async () => {
	const { id } = outlook().directory.find('anna@contoso.example')!;
	const items = people(10);
	const names = ['', 'Anna@contoso.example', id];
	const queued = await Promise.all(names.map(async (mailbox) => await enqueue(items, { mailbox })));
	expect(queued.flat().filter(({ queuedBefore }) => queuedBefore === false)).toHaveLength(10);
	const more = await Promise.all(
		names.map(async (mailbox, i) => await enqueue(items, { mailbox, queue: `Queue ${i}` })),
	);
	const times = slots([...queued[0]!, ...more.flat()]);
	expect(new Set(times).size).toBe(40);
	outlook().moveMinutes(60);
	expect(outlook().post).toMatchObject({ late: 0, refused: 0 });
	expect(sent()).toHaveLength(40);
});

test('what was cancelled may be queued again', async () => {
	const [row] = await enqueue(people(1));
	await rows(sandbox.current, 'message.cancelQueued', { what: 'message', messageId: row!.id });
	expect(await enqueue(people(1))).toMatchObject([{ queuedBefore: false }]);
	expect(await enqueue(people(1))).toMatchObject([{ queuedBefore: true }]);
	expect(waiting()).toHaveLength(1);
});

test('what has left, is about to leave or is in no queue is not cancelled', async () => {
	const [row] = await enqueue(people(1));
	const item = outlook().mailbox().messages.find(String(row!.id))!;
	const time = (item.props.singleValueExtendedProperties as Array<{ id: string; value: string }>).find(
		({ id }) => id === 'SystemTime 0x3FEF',
	)!;
	time.value = new Date(Date.now() + 5_000).toISOString();
	const cancel = { what: 'message', messageId: row!.id };
	expect((await problem(sandbox.current, 'message.cancelQueued', cancel)).error).toMatch(/half a minute/);
	outlook().moveMinutes(5);
	expect((await problem(sandbox.current, 'message.cancelQueued', cancel)).error).toMatch(/has left/);
	const { id } = outlook().receive('Question');
	const other = { ...cancel, messageId: `AAkALg${id}` };
	expect((await problem(sandbox.current, 'message.cancelQueued', other)).error).toMatch(/in no queue/);
	expect(sent()).toHaveLength(1);
});

test.each([
	['no queue', { queue: '={{ $json.none }}' }, 'Queue'],
	['a queue with a |', { queue: 'a|b' }, 'Queue'],
	[
		'more recipients than the day has',
		{ to: 'a@x.example, b@x.example', options: { recipientsPerDay: 1 } },
		'Recipients per Day',
	],
	['a key whose expression gives nothing', { key: '={{ $json.none }}-x' }, 'Key'],
])('before anything is sent: %s', async (_, form, field) => {
	const { details } = await problem(sandbox.current, 'message.queue', {
		...FORM,
		to: 'a@x.example',
		...form,
	});
	expect(details).toMatchObject({ field, outcome: 'notSent' });
	expect(sandbox.current.requests.total).toBe(0);
});

test('a message that Outlook refuses leaves nothing behind; the others are queued', async () => {
	outlook().settings.recipientsPerMessage = 1;
	const items = [...people(1), { json: { email: 'a@x.example, b@x.example' } }];
	const done = await run(sandbox.current, 'message.queue', FORM, {
		items,
		...PACE,
		settings: { onError: 'continueErrorOutput' },
	});
	expect(done.items(NODE, 0)).toHaveLength(1);
	expect(done.json(NODE, 1)).toMatchObject([{ details: { item: 1, code: 'ErrorExceededMessageLimit' } }]);
	expect(outlook().mailbox().messages.in('drafts')).toHaveLength(1);
});

test('Send At goes as a draft, without Prevent Double Sending too, and leaves at its time', async () => {
	const at = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
	const form = { to: 'ben@contoso.example', subject: 'Hi', html: 'Hi', once: false, options: { sendAt: at } };
	await rows(sandbox.current, 'message.send', form);
	expect(sent()).toEqual([]);
	outlook().moveMinutes(61);
	expect(sent()).toMatchObject([{ at: Date.parse(at) }]);
});
