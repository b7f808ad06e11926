import { processState, useShared, type Shared } from '../../../../core/shared';
import { Board } from '../../../../nodes/Outlook/message/queue/board';
import { describeWithRedis, until, worker } from '../../../core/shared/withRedis';
import { useSandbox } from '../../../support/services';
import { rows } from '../support';

const sandbox = useSandbox();
afterEach(() => useShared());
const outlook = () => sandbox.current.outlook;
const PACE = { credential: { messagesPerMinute: 30 } };
const FORM = { queue: 'Newsletter', to: '={{ $json.email }}', subject: 'Hi', html: '<p>Hi</p>', key: '' };
const people = (name: string, count: number) =>
	Array.from({ length: count }, (_, i) => ({ json: { email: `${name}${i}@elsewhere.example` } }));
const enqueue = async (items: ReturnType<typeof people>, more: object = {}) =>
	await rows(sandbox.current, 'message.queue', { ...FORM, ...more }, { items, ...PACE });
const requests = () => sandbox.current.requests.total;
const slots = (all: Array<Record<string, unknown>>) =>
	all.map(({ leavesAt }) => Date.parse(String(leavesAt))).sort((a, b) => a - b);
const evenly = (times: number[]) => times.map((_, i) => times[0]! + 2_000 * i);

/** Two that have both read the mailbox before either has queued anything, each with what its process knows alone. */
async function atOnce(states: [Shared, Shared], count: number): Promise<Array<Record<string, unknown>>> {
	sandbox.current.faults.add({
		service: 'outlook',
		path: '/v1.0/$batch',
		kind: 'slow',
		ms: 500,
		when: 'before',
	});
	useShared(states[0]);
	const first = enqueue(people('a', count));
	await until(() => requests() > 0);
	useShared(states[1]);
	return (await Promise.all([first, enqueue(people('b', count))])).flat();
}

async function allLeaveOnce(queued: Array<Record<string, unknown>>): Promise<void> {
	expect(outlook().post.sent).toEqual([]);
	outlook().moveMinutes(60);
	expect(outlook().post.sent).toHaveLength(queued.length);
	expect(new Set(outlook().post.sent.map(({ to }) => to[0])).size).toBe(queued.length);
	expect(outlook().post).toMatchObject({ late: 0, refused: 0, bounced: 0 });
}

describeWithRedis('workers that fill the queue of one mailbox at the same time', (redis) => {
	test('share its slots: each is used once, and none is left out', async () => {
		const queued = await atOnce([worker(redis()), worker(redis())], 40);
		const times = slots(queued);
		expect(times).toEqual(evenly(times));
		await allLeaveOnce(queued);
	});

	const LIMITS = { messagesPerMinute: 30, recipientsPerDay: 10_000 };
	const board = (name: string) => new Board(name, worker(redis()).claims);
	/** So far ahead that a slot does not come too near while a test takes its time. */
	const later = () => Date.now() + 10 * 60_000;

	test('a slot that one gives back is taken by the other', async () => {
		const [one, other] = [board('back'), board('back')];
		const at = later();
		const given = await one.take(1, at, LIMITS);
		expect((await other.take(1, at, LIMITS)).at).toBeGreaterThan(given.at);
		one.giveBack(given);
		await until(async () => (await other.take(1, at, LIMITS)).at === given.at);
	});

	test('a slot that one has used is used again only when the mailbox says that it is free', async () => {
		const [one, other] = [board('used'), board('used')];
		const at = later();
		const used = await one.take(1, at, LIMITS);
		one.use(used, 'AAkALg-1');
		expect((await other.take(1, at, LIMITS)).at).toBeGreaterThan(used.at);
		const third = board('used');
		third.refresh([], Date.now() + 120_000);
		expect((await third.take(1, used.at, LIMITS)).at).toBe(used.at);
	});
});

test('two executions in one process share the slots', async () => {
	const state = processState();
	const queued = await atOnce([state, state], 40);
	const times = slots(queued);
	expect(times).toEqual(evenly(times));
	await allLeaveOnce(queued);
});

test('drafts that waited beyond their slots get later ones: they do not leave in a bunch', async () => {
	useShared(processState());
	sandbox.current.faults.add({
		service: 'outlook',
		path: '/v1.0/$batch',
		kind: 'slow',
		ms: 700,
		when: 'after',
	});
	const queued = enqueue(people('a', 10));
	await until(() => outlook().mailbox().messages.in('drafts').length > 0);
	const now = Date.now.bind(Date);
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 5 * 60_000);
	try {
		const done = await queued;
		const times = slots(done);
		expect(outlook().post.sent).toEqual([]);
		expect(times).toEqual(evenly(times));
		expect(times[0]).toBeGreaterThan(Date.now());
		await allLeaveOnce(done);
	} finally {
		clock.mockRestore();
	}
});
