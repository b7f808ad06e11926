import { breathe } from '../../core/breathe';

/** The clock goes on only when work is done, so that the machine's speed does not matter. */
let now = performance.now();
beforeAll(() => jest.spyOn(performance, 'now').mockImplementation(() => now));
afterAll(() => jest.restoreAllMocks());
beforeEach(async () => {
	now += 1_000;
	await breathe();
});

/** Works through steps of 1 ms each, giving way as the runners do. */
async function work(steps: number, done: () => void = () => undefined): Promise<void> {
	for (let step = 0; step < steps; step++) {
		now += 1;
		done();
		const pause = breathe();
		if (pause) await pause;
	}
}

/** How long the event loop stood still, in ms of the clock: the longest time between two of its turns. */
async function longestStandStill(until: Promise<unknown>, began: number): Promise<number> {
	let longest = 0;
	let last = began;
	let isOver = false;
	void until.finally(() => (isOver = true));
	while (!isOver) {
		await new Promise((resolve) => setImmediate(resolve));
		longest = Math.max(longest, now - last);
		last = now;
	}
	return longest;
}

test('there is no promise to wait for as long as the thread was held only a little', () => {
	expect(breathe()).toBeUndefined();
	now += 1.5;
	expect(breathe()).toBeUndefined();
});

test('after 2 ms of work others get their turn, once', async () => {
	now += 2;
	let isMyTurn = false;
	setImmediate(() => (isMyTurn = true));
	await breathe();
	expect(isMyTurn).toBe(true);
	expect(breathe()).toBeUndefined();
});

test('long work lets the event loop turn all the time', async () => {
	const began = now;
	expect(await longestStandStill(work(100), began)).toBe(2);
	expect(now - began).toBe(100);
});

test('several who work at once take turns, and hold the thread no longer together than one does alone', async () => {
	const order: number[] = [];
	const began = now;
	const workers = Promise.all([0, 1, 2].map(async (worker) => await work(20, () => order.push(worker))));
	// The second and the third notice only after their first step that the time is up.
	expect(await longestStandStill(workers, began)).toBe(4);
	// Nobody had to wait until another one was through.
	const rounds = order.filter((worker, i) => worker !== order[i - 1]);
	expect(rounds.slice(0, 6)).toEqual([0, 1, 2, 0, 1, 2]);
});
