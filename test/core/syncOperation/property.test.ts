import fc from 'fast-check';
import type { Current } from '../../../core/sync';
import { MemoryTarget, type Fault } from '../sync/memoryTarget';
import { record } from '../sync/people';
import { syncToy } from './toy';

// One person a place; each is in the list or not, in the target or not, frozen or not, changed or not.
const somebody = fc.record({
	row: fc.boolean(),
	there: fc.boolean(),
	active: fc.boolean(),
	changed: fc.boolean(),
	manager: fc.option(fc.nat(7), { nil: undefined }),
});
const world = fc.array(somebody, { minLength: 1, maxLength: 8 }).map((people) => ({
	rows: people.flatMap(({ row, manager }, no) =>
		row
			? [
					{
						employeeNo: `E${no}`,
						email: `p${no}@x.com`,
						name: `N${no}`,
						...(manager === undefined || manager === no ? {} : { managerEmail: `E${manager}` }),
					},
				]
			: [],
	),
	records: people.flatMap(({ there, active, changed }, no): Current[] =>
		there
			? [
					record(
						`id${no}`,
						{ employeeNo: `E${no}`, email: `p${no}@x.com`, name: changed ? 'Old' : `N${no}` },
						{ active },
					),
				]
			: [],
	),
}));
const fault = fc.constantFrom<Fault>('ok', 'ok', 'fail', 'lost', 'vanished');

/** The guards are not the topic: a list of eight people looks broken to them most of the time. */
const parameters = {
	guards: {
		maxLeavers: 0,
		maxLeaverPercent: 0,
		maxShrinkPercent: 0,
		maxInvalidPercent: 0,
		maxEnabledPercent: 0,
		maxRenamedPercent: 0,
		maxColumnPercent: 0,
	},
};

const stateOf = (target: MemoryTarget) =>
	target
		.list()
		.map(({ fields, active }) =>
			JSON.stringify([fields.employeeNo, fields.name, fields.managerEmail ?? '', active]),
		)
		.sort();

test('for any list and target: failures and lost answers, then runs that work, come to the same end', async () => {
	await fc.assert(
		fc.asyncProperty(
			world,
			fc.array(fc.array(fault, { maxLength: 10 }), { maxLength: 2 }),
			async ({ rows, records }, runs) => {
				fc.pre(rows.length > 0);
				const target = new MemoryTarget(records);
				const wanted = new MemoryTarget(records);
				await syncToy({ target: wanted }, rows, { parameters });
				for (const faults of runs) {
					let calls = 0;
					target.fault = () => faults[calls++] ?? 'ok';
					const { users, summary } = await syncToy({ target }, rows, { parameters });
					expect(users.filter(({ status }) => status === 'failed')).toHaveLength(Number(summary.failed));
				}
				target.fault = () => 'ok';
				for (let again = 0; again < 2; again += 1) await syncToy({ target }, rows, { parameters });
				expect(stateOf(target)).toEqual(stateOf(wanted));
				expect(target.doubles).toEqual([]);

				const before = target.calls.length;
				const { users } = await syncToy({ target }, rows, { parameters });
				expect(target.calls.slice(before)).toEqual([]);
				expect(users).toEqual([]);
			},
		),
		{ numRuns: 40 },
	);
});

test('for any list and target: a preview writes nothing and says what the run then does', async () => {
	await fc.assert(
		fc.asyncProperty(world, async ({ rows, records }) => {
			fc.pre(rows.length > 0);
			const target = new MemoryTarget(records);
			const seen = await syncToy({ target }, rows, { parameters: { ...parameters, mode: 'preview' } });
			expect(target.calls).toEqual([]);
			const done = await syncToy({ target }, rows, { parameters });
			for (const name of ['created', 'updated', 'woken', 'parked', 'unchanged', 'leavers', 'problems'])
				expect([name, seen.summary[name]]).toEqual([name, done.summary[name]]);
			expect(done.users.map(({ reason }) => reason)).toEqual(seen.users.map(({ reason }) => reason));
		}),
		{ numRuns: 40 },
	);
});
