import fc from 'fast-check';
import { setTimeout as wait } from 'node:timers/promises';
import { budgetOf } from '../../../core/http/budget';
import { engineWith, NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { getUser, people } from '../support/nodes';

const sandbox = useSandbox();

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

test('at 40 a second the service sees no second with more, refuses nothing, and is used nearly to the full', async () => {
	sandbox.current.alimail.seed({ users: people(110) });
	const node = getUser(sandbox.current, { credential: { requestsPerSecond: 40 } });
	const { engine } = await runNode(node, people(1));
	const begun = Date.now();
	const run = await runNode(node, people(110), { engine });
	expect(run.error).toBeUndefined();
	expect(run.items(NODE)).toHaveLength(110);
	const { rate } = sandbox.current.alimail;
	expect(rate.refused).toBe(0);
	expect(rate.peak).toBeLessThanOrEqual(40);
	expect(110 / ((Date.now() - begun) / 1_000)).toBeGreaterThan(25);
});

test('two executions with one credential share its rate', async () => {
	sandbox.current.alimail.seed({ users: people(60) });
	const node = getUser(sandbox.current, { credential: { requestsPerSecond: 40 } });
	const runs = await Promise.all([
		runNode(node, people(60).slice(0, 30), { engine: engineWith(node.credentials) }),
		runNode(node, people(60).slice(30), { engine: engineWith(node.credentials) }),
	]);
	for (const run of runs) expect(run.items(NODE)).toHaveLength(30);
	expect(sandbox.current.alimail.rate.refused).toBe(0);
	expect(sandbox.current.alimail.rate.peak).toBeLessThanOrEqual(40);
});

test('two apps of one mail domain share one rate when the credentials name the domain', async () => {
	sandbox.current.alimail.seed({ users: people(60) });
	const shared = { requestsPerSecond: 40, domain: 'yunhe.example' };
	const runs = await Promise.all([
		runNode(getUser(sandbox.current, { credential: shared }), people(60).slice(0, 30)),
		runNode(
			getUser(sandbox.current, {
				credential: { ...shared, appId: 'sandbox-users', appSecret: 'sandbox-users-secret' },
			}),
			people(60).slice(30),
		),
	]);
	for (const run of runs) expect(run.items(NODE)).toHaveLength(30);
	expect(sandbox.current.alimail.rate.refused).toBe(0);
});

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

test('a throttling answer halves the rate, and successes bring it back', async () => {
	const { budget, ask } = asked(100, 60);
	const timed = async () => {
		const begun = performance.now();
		await Promise.all(Array.from({ length: 30 }, ask));
		return performance.now() - begun;
	};
	budget.throttled(1);
	await wait(5);
	const slow = await timed();
	expect(slow).toBeGreaterThan(900);
	for (let i = 0; i < 25; i++) budget.succeeded();
	expect(await timed()).toBeLessThan(slow * 0.75);
});

test('answers to requests that were under way together double the pause once', () => {
	const { budget } = asked(10, 60);
	expect([budget.throttled(undefined), budget.throttled(undefined)]).toEqual([1_000, expect.any(Number)]);
	expect(budget.throttled(undefined)).toBeLessThanOrEqual(2_000);
});

test('a pause the service asks for is kept in full', () => {
	expect(asked(10).budget.throttled(90_000)).toBe(90_000);
});
