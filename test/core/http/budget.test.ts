import fc from 'fast-check';
import { setTimeout as wait } from 'node:timers/promises';
import { budgetOf } from '../../../core/http/budget';

let accounts = 0;
/** A budget of its own, and when its requests started. */
function asked(inFlight: number, perSecond?: number) {
	const budget = budgetOf(`test ${++accounts}`, {
		inFlight,
		...(perSecond === undefined ? {} : { perSecond }),
	});
	const starts: number[] = [];
	const ask = async () => await budget.run(async () => void starts.push(performance.now()));
	return { budget, starts, ask };
}

/** The most starts that any window of one second saw. */
function peak(starts: number[]): number {
	let first = 0;
	return starts.reduce((most, at, last) => {
		while (starts[first]! <= at - 1_000) first++;
		return Math.max(most, last - first + 1);
	}, 0);
}

test('in no sliding second more requests start than allowed, whatever the rate, after a rest too', async () => {
	const peaks = await Promise.all(
		[1, 3, 7, 25, 60].map(async (perSecond) => {
			const { budget, ask, starts } = asked(100, perSecond);
			await ask();
			await wait(1_200);
			await Promise.all(Array.from({ length: Math.ceil(perSecond * 1.5) + 1 }, ask));
			expect(budget.limits.perSecond).toBe(perSecond);
			return { perSecond, isKept: peak(starts) <= perSecond, all: starts.length };
		}),
	);
	for (const { perSecond, isKept, all } of peaks)
		expect({ perSecond, isKept, all }).toEqual({
			perSecond,
			isKept: true,
			all: Math.ceil(perSecond * 1.5) + 2,
		});
});

test('never more requests under way than allowed, and every one gets its turn', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 6 }),
			fc.array(fc.record({ ms: fc.integer({ min: 0, max: 4 }), fails: fc.boolean() }), { maxLength: 30 }),
			async (inFlight, requests) => {
				const { budget } = asked(inFlight);
				let underway = 0;
				let most = 0;
				const results = await Promise.allSettled(
					requests.map(
						async ({ ms, fails }) =>
							await budget.run(async () => {
								most = Math.max(most, ++underway);
								await wait(ms);
								underway--;
								if (fails) throw new Error('it broke');
							}),
					),
				);
				expect(results.map(({ status }) => status === 'rejected')).toEqual(
					requests.map(({ fails }) => fails),
				);
				expect(most).toBeLessThanOrEqual(inFlight);
			},
		),
		{ numRuns: 30 },
	);
});

test('a throttling answer slows the account down, and successes bring it back', async () => {
	const { budget, ask } = asked(100, 60);
	const timed = async () => {
		const begun = performance.now();
		await Promise.all(Array.from({ length: 30 }, ask));
		return performance.now() - begun;
	};
	const full = await timed();
	budget.throttled(1);
	await wait(5);
	const slow = await timed();
	expect(slow).toBeGreaterThan((30 / 60) * 1_000 * 1.25);
	expect(slow).toBeGreaterThan(full * 1.1);
	for (let i = 0; i < 1_000; i++) budget.succeeded();
	expect(await timed()).toBeLessThan(slow * 0.9);
});

test('answers to requests that were under way together double the pause once', () => {
	const { budget } = asked(10, 60);
	expect([budget.throttled(undefined), budget.throttled(undefined)]).toEqual([1_000, expect.any(Number)]);
	expect(budget.throttled(undefined)).toBeLessThanOrEqual(2_000);
});

test('a pause the service asks for is kept in full; one of no time at all is no pause to believe', () => {
	expect(asked(10).budget.throttled(90_000)).toBe(90_000);
	expect(asked(10).budget.throttled(0)).toBe(1_000);
});
