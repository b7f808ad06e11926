import {
	allProblems,
	apply,
	DEFAULT_LIMITS,
	guard,
	plan,
	type Plan,
	preview,
	type Result,
} from '../../../core/sync';
import { type Fault, MemoryTarget } from './memoryTarget';
import { FREE, record, rows, rules } from './people';

const person = (number: number, manager?: number) => ({
	employeeNo: `E${number}`,
	email: `p${number}@x.com`,
	...(manager === undefined ? {} : { managerEmail: `p${manager}@x.com` }),
});
const statuses = (results: Result[]) =>
	results.map(({ action, status }) => `${action.kind} ${action.key}: ${status}`);
const faults = (map: Record<string, Fault>) => (call: string) => map[call] ?? 'ok';

/** One of every kind: E1 joins, E2 changes, E3 is back, E4 leaves, E5 left long ago, E6 stays. */
async function oneOfEach(): Promise<{ made: Plan; target: MemoryTarget }> {
	const target = new MemoryTarget([
		record('id5', person(5), { active: false, disabledAt: new Date('2020-01-01') }),
		record('id4', person(4)),
		record('id3', person(3), { active: false }),
		record('id2', person(2)),
		record('id6', person(6)),
	]);
	const made = await plan(
		rows({ ...person(2), name: 'New' }, person(1), person(3), person(6)),
		target.list(),
		rules({ leavers: { action: 'disableThenDelete', afterDays: 30 } }),
	);
	return { made, target };
}

it('creates, then changes and enables, then disables, then deletes, and answers in the plan’s order', async () => {
	const { made, target } = await oneOfEach();
	const seen: Result[] = [];
	const results = await apply(made, FREE, target, { inFlight: 1, onResult: (result) => seen.push(result) });
	expect(target.calls).toEqual(['create E1', 'update id2', 'enable id3', 'disable id4', 'delete id5']);
	expect(results.map(({ action }) => action)).toEqual(made.actions);
	expect(statuses(results)).toEqual([
		'update E2: done',
		'create E1: done',
		'enable E3: done',
		'none E6: unchanged',
		'delete E5: done',
		'disable E4: done',
	]);
	expect(seen).toHaveLength(6);
	expect(new Set(seen)).toEqual(new Set(results));
	expect(results[1]!.created).toEqual({ id: 'new1', password: 'generated' });
});

it('does all at once where no record waits for another, and keeps the order where one does', async () => {
	const { made, target } = await oneOfEach();
	const free = Object.assign(target, { inAnyOrder: true });
	const results = await apply(made, FREE, free, { inFlight: 10 });
	expect(target.calls).toEqual(['update id2', 'create E1', 'enable id3', 'delete id5', 'disable id4']);
	expect(results.map(({ action }) => action)).toEqual(made.actions);
	const chain = Object.assign(new MemoryTarget([record('id9', person(9))]), { inAnyOrder: true });
	const waiting = await plan(rows(person(2, 1), person(1)), chain.list(), rules());
	await apply(waiting, FREE, chain, { inFlight: 10 });
	expect(chain.calls.slice(0, 2)).toEqual(['create E1', 'create E2']);
});

it('runs side by side, never more than allowed', async () => {
	const target = new MemoryTarget();
	const made = await plan(rows(...Array.from({ length: 50 }, (_, index) => person(index))), [], rules());
	await apply(made, FREE, target, { inFlight: 7 });
	expect(target.mostOpen).toBe(7);
	expect(target.records.size).toBe(50);
	await expect(apply(made, FREE, target, { inFlight: 0 })).rejects.toThrow(RangeError);
});

it('goes on after a failure, and tells failed from unknown', async () => {
	const { made, target } = await oneOfEach();
	target.fault = faults({ 'update id2': 'fail', 'disable id4': 'lost' });
	const results = await apply(made, FREE, target, { inFlight: 1 });
	expect(target.calls).toHaveLength(5);
	expect(statuses(results)).toEqual(
		expect.arrayContaining([
			'update E2: failed',
			'disable E4: unknown',
			'create E1: done',
			'delete E5: done',
		]),
	);
	expect(results[0]!.problem).toMatchObject({
		severity: 'failed',
		row: 0,
		message: 'Item 1 (p2@x.com) was not changed: Refused by the service.',
	});
	expect(results[5]!.problem).toMatchObject({ severity: 'unknown', id: 'id4' });
	expect(results[5]!.problem?.message).toBe('p4@x.com may or may not have been disabled: No answer.');
});

it('uses the remedy an error brings', async () => {
	const target = new MemoryTarget();
	target.create = () => Promise.reject(Object.assign(new Error('Licences used up'), { remedy: 'Buy more.' }));
	const [result] = await apply(await plan(rows(person(1)), [], rules()), FREE, target, { inFlight: 1 });
	expect(result!.problem).toMatchObject({ severity: 'failed', remedy: 'Buy more.' });
});

it('starts nothing new once aborted', async () => {
	const { made, target } = await oneOfEach();
	const stop = new AbortController();
	target.fault = (call) => {
		if (call === 'update id2') stop.abort();
		return 'ok';
	};
	const results = await apply(made, FREE, target, { inFlight: 1, signal: stop.signal });
	expect(target.calls).toEqual(['create E1', 'update id2']);
	expect(statuses(results)).toEqual([
		'update E2: done',
		'create E1: done',
		'enable E3: not started',
		'none E6: unchanged',
		'delete E5: not started',
		'disable E4: not started',
	]);
});

it('applies only what the verdict lets through, and previews the same', async () => {
	const { made, target } = await oneOfEach();
	const leavers = await guard(made, { maxLeavers: 1 }, { sourceComplete: true, targetComplete: true });
	expect(leavers.hold).toBe('leavers');
	expect(statuses(await preview(made, leavers)).filter((line) => line.endsWith('planned'))).toHaveLength(3);
	const results = await apply(made, leavers, target, { inFlight: 2 });
	expect(target.calls.sort()).toEqual(['create E1', 'enable id3', 'update id2']);
	const heldBack = results.filter(({ status }) => status === 'held');
	expect(heldBack.map(({ action, problem }) => [action.id, problem])).toEqual([
		['id5', undefined],
		['id4', undefined],
	]);
	expect(allProblems(made, leavers, results)).toEqual([
		expect.objectContaining({ severity: 'blocked', message: leavers.findings[0]!.message }),
	]);

	const all = await oneOfEach();
	const nothing = await guard(all.made, DEFAULT_LIMITS, { sourceComplete: false, targetComplete: true });
	await apply(all.made, nothing, all.target, { inFlight: 2 });
	expect(all.target.calls).toEqual([]);
	expect((await preview(all.made, nothing)).filter(({ status }) => status === 'held')).toHaveLength(5);
});

describe('references', () => {
	const org = async (...people: Array<[number, number?]>) =>
		await plan(rows(...people.map((each) => person(...each))), [], rules());

	it('creates managers first, however many are in flight', async () => {
		const target = new MemoryTarget();
		const results = await apply(await org([1, 2], [2, 3], [3, 4], [4], [5, 3]), FREE, target, {
			inFlight: 10,
		});
		expect(results.every(({ status }) => status === 'done')).toBe(true);
		expect(target.calls.slice(0, 2)).toEqual(['create E4', 'create E3']);
	});

	it('completes circles in the same run', async () => {
		const target = new MemoryTarget();
		const source = rows(person(1, 2), person(2, 3), person(3, 1));
		const results = await apply(await plan(source, [], rules()), FREE, target, { inFlight: 3 });
		expect(results.every(({ status }) => status === 'done')).toBe(true);
		expect(
			target
				.list()
				.map(({ fields }) => `${String(fields.email)} ${String(fields.managerEmail)}`)
				.sort(),
		).toEqual(['p1@x.com p2@x.com', 'p2@x.com p3@x.com', 'p3@x.com p1@x.com']);
	});

	it('sets a manager’s new address with the others only once the manager has it', async () => {
		const target = new MemoryTarget([
			record('id1', person(1)),
			record('id2', { ...person(2), email: 'old@x.com' }),
		]);
		const told: Result[] = [];
		const results = await apply(
			await plan(rows(person(1, 2), person(2)), target.list(), rules()),
			FREE,
			target,
			{
				inFlight: 5,
				onResult: (result) => told.push(result),
			},
		);
		expect(target.calls).toEqual(['update id2', 'update id1']);
		expect(results.map(({ status, problem }) => [status, problem])).toEqual([
			['done', undefined],
			['done', undefined],
		]);
		expect(told).toHaveLength(2);
	});

	it.each(['fail', 'lost', 'vanished'] as const)(
		'creates without the manager whose create is %s; the next run completes it',
		async (fault) => {
			const target = new MemoryTarget();
			target.fault = faults({ 'create E2': fault });
			const source = rows(person(1, 2), person(2));
			const [first] = await apply(await plan(source, [], rules()), FREE, target, { inFlight: 3 });
			expect(first!.status).toBe('done');
			expect(first!.action.fields).not.toHaveProperty('managerEmail');
			expect(first!.action.changes).not.toHaveProperty('managerEmail');
			expect(first!.problem).toMatchObject({ severity: 'reference', row: 0, field: 'managerEmail' });
			expect(first!.problem?.message).toContain('Manager "p2@x.com" was not set');

			target.fault = () => 'ok';
			await apply(await plan(source, target.list(), rules()), FREE, target, { inFlight: 3 });
			expect(target.doubles).toEqual([]);
			expect(target.list().find(({ fields }) => fields.employeeNo === 'E1')?.fields.managerEmail).toBe(
				'p2@x.com',
			);
		},
	);

	it('writes the rest of an update whose manager could not be created, and skips an empty one', async () => {
		const target = new MemoryTarget([record('id1', person(1)), record('id3', person(3))]);
		target.fault = faults({ 'create E2': 'fail' });
		const source = rows({ ...person(1, 2), name: 'New' }, person(2), person(3, 2));
		const results = await apply(await plan(source, target.list(), rules()), FREE, target, { inFlight: 3 });
		expect(statuses(results)).toEqual(['update E1: done', 'create E2: failed', 'update E3: not started']);
		expect(target.calls).toEqual(['create E2', 'update id1']);
		expect(results.map(({ problem }) => problem?.severity)).toEqual(['reference', 'failed', 'reference']);
	});

	it('does not start the last part of a circle whose create failed', async () => {
		const target = new MemoryTarget();
		target.fault = faults({ 'create E1': 'fail' });
		const results = await apply(await plan(rows(person(1, 2), person(2, 1)), [], rules()), FREE, target, {
			inFlight: 1,
		});
		expect(statuses(results)).toEqual(['create E1: failed', 'create E2: done', 'update E2: not started']);
		expect(target.calls).toEqual(['create E2', 'create E1']);
	});
});
