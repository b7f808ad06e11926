import { plan, type Plan } from '../../../core/sync';
import { record, rows, rules, writes } from './people';

const kinds = (made: Plan) => made.problems.map(({ severity, row }) => `${severity} ${row}`);

describe('finding a row’s record', () => {
	it('tries the fields in order, whatever the case, width and white space', async () => {
		const made = await plan(
			rows(
				{ employeeNo: ' ｅ１ ', email: 'new@x.com' },
				{ employeeNo: 'E2', email: ' ANN@x.com ' },
				{ employeeNo: 'E3', email: 'joiner@x.com' },
			),
			[record('a', { employeeNo: 'E1', email: 'new@x.com' }), record('b', { email: 'ann@x.com' })],
			rules({ normalise: { employeeNo: (value) => String(value).toUpperCase() } }),
		);
		expect(made.actions.map(({ kind, id }) => [kind, id])).toEqual([
			['none', 'a'],
			['update', 'b'],
			['create', undefined],
		]);
		expect(made.problems).toEqual([]);
	});

	it('names a record found by its address that has another key, and leaves it alone', async () => {
		const made = await plan(
			rows({ employeeNo: 'E9', email: 'ann@x.com', name: 'New' }),
			[record('a', { employeeNo: 'E1', email: 'ann@x.com' })],
			rules(),
		);
		expect(writes(made)).toEqual([]);
		expect(made.actions).toEqual([]);
		expect(made.problems).toEqual([
			expect.objectContaining({ severity: 'conflict', row: 0, id: 'a', key: 'E9', field: 'email' }),
		]);
		expect(made.problems[0]!.message).toBe(
			'Item 1 has the Email "ann@x.com" of ann@x.com, but another Employee Number: "E9" in the list, "E1" in the ' +
				'target. The record is not touched.',
		);
	});

	it('still follows the row that names that record by its key', async () => {
		const made = await plan(
			rows({ employeeNo: 'E9', email: 'ann@x.com' }, { employeeNo: 'E1', email: 'ann@x.com', name: 'Ann' }),
			[record('a', { employeeNo: 'E1', email: 'ann@x.com' })],
			rules(),
		);
		expect(writes(made)).toEqual(['update E1']);
		expect(kinds(made)).toEqual(['conflict 0']);
	});

	it('treats rows with one key as duplicates and leaves the record alone', async () => {
		const made = await plan(
			rows(
				{ employeeNo: 'E1', email: 'ann@x.com', name: 'One' },
				{ employeeNo: 'e1 ', email: 'other@x.com', name: 'Two' },
			),
			[record('a', { employeeNo: 'E1', email: 'ann@x.com' }), record('b', { email: 'other@x.com' })],
			rules(),
		);
		expect(made.actions).toEqual([]);
		expect(kinds(made)).toEqual(['duplicate 0', 'duplicate 1']);
		expect(made.problems[0]!.message).toBe(
			'Items 1 and 2 have the same Employee Number "E1". None of them is used.',
		);
		expect(made.counts).toMatchObject({ rows: 2, validRows: 0, duplicateRows: 2 });
	});

	it('treats two rows that match one record as duplicates', async () => {
		const made = await plan(
			rows({ employeeNo: 'E1', email: 'ann@x.com' }, { employeeNo: 'E2', email: 'ANN@x.com' }),
			[record('a', { email: 'ann@x.com' })],
			rules(),
		);
		expect(made.actions).toEqual([]);
		expect(kinds(made)).toEqual(['duplicate 0', 'duplicate 1']);
	});

	it('does not choose between two records with one value', async () => {
		const made = await plan(
			rows({ employeeNo: 'E1', email: 'ann@x.com' }),
			[record('a', { email: 'ann@x.com' }), record('b', { email: 'Ann@x.com' })],
			rules(),
		);
		expect(made.actions).toEqual([]);
		expect(kinds(made)).toEqual(['conflict 0']);
		expect(made.problems[0]!.message).toContain('2 records have the Email "ann@x.com"');
	});

	it('does not follow a number to one record when the address is another’s, who has no row', async () => {
		const made = await plan(
			rows({ employeeNo: 'E1', email: 'bob@x.com', name: 'Bob' }),
			[
				record('a', { employeeNo: 'E1', email: 'ann@x.com' }),
				record('b', { employeeNo: 'E2', email: 'bob@x.com' }),
			],
			rules(),
		);
		expect(made.actions).toEqual([]);
		expect(kinds(made)).toEqual(['conflict 0']);
	});

	it('does not give a record to one row when a doubtful row may mean it too', async () => {
		// Item 1's number is Ann's and its address is Bob's, whose record has no number yet.
		const made = await plan(
			rows({ employeeNo: 'E1', email: 'bob@x.com' }, { employeeNo: 'E2', email: 'bob@x.com' }),
			[record('a', { employeeNo: 'E1', email: 'ann@x.com' }), record('b', { email: 'bob@x.com' })],
			rules(),
		);
		expect(made.actions).toEqual([]);
		expect(kinds(made)).toEqual(['conflict 0', 'duplicate 1']);
	});

	it('does not give a record to one row when rows with one key mean it too', async () => {
		const made = await plan(
			rows({ employeeNo: 'E1' }, { employeeNo: 'E1' }, { employeeNo: 'E3', email: 'ann@x.com' }),
			[record('a', { employeeNo: 'E1', email: 'ann@x.com' })],
			rules({ match: ['email', 'employeeNo'] }),
		);
		expect(made.actions).toEqual([]);
		expect(kinds(made)).toEqual(['duplicate 0', 'duplicate 1', 'duplicate 2']);
	});

	it('follows both numbers when two people’s addresses move on', async () => {
		const made = await plan(
			rows({ employeeNo: 'E1', email: 'bob@x.com' }, { employeeNo: 'E2', email: 'bob2@x.com' }),
			[
				record('a', { employeeNo: 'E1', email: 'ann@x.com' }),
				record('b', { employeeNo: 'E2', email: 'bob@x.com' }),
			],
			rules(),
		);
		expect(writes(made)).toEqual(['update E1', 'update E2']);
	});

	it('creates nobody from rows that share an address', async () => {
		const made = await plan(
			rows({ employeeNo: 'E1', email: 'ann@x.com' }, { employeeNo: 'E2', email: 'Ann@x.com' }),
			[],
			rules(),
		);
		expect(made.actions).toEqual([]);
		expect(kinds(made)).toEqual(['duplicate 0', 'duplicate 1']);
	});
});

describe('rows that cannot be used', () => {
	const current = [record('a', { employeeNo: 'E1', email: 'ann@x.com' }), record('b', { employeeNo: 'E2' })];

	it('names a row without a key, and does not take its person for a leaver', async () => {
		const made = await plan(
			rows({ email: 'ann@x.com', name: 'Ann' }, { employeeNo: 'E2' }),
			current,
			rules(),
		);
		expect(writes(made)).toEqual([]);
		expect(made.problems).toHaveLength(1);
		expect(made.problems[0]).toMatchObject({ severity: 'invalid', row: 0, field: 'employeeNo' });
		expect(made.problems[0]!.message).toContain('Item 1 has no Employee Number');
	});

	it('names each finding of the target, and leaves alone every record the row may mean', async () => {
		const made = await plan(
			rows({ employeeNo: 'E2', email: 'ann@x.com', name: 'x'.repeat(80) }),
			current,
			rules({
				validate: () => [{ field: 'name', message: 'is longer than 64 characters.', remedy: 'Shorten it.' }],
			}),
		);
		expect(made.actions).toEqual([]);
		expect(made.problems).toEqual([
			expect.objectContaining({ severity: 'invalid', field: 'name', remedy: 'Shorten it.' }),
		]);
		expect(made.problems[0]!.message).toBe(`Item 1: Name "${'x'.repeat(59)}…" is longer than 64 characters.`);
	});

	it('does not touch a record that both a good and an invalid row point at', async () => {
		const made = await plan(
			rows(
				{ employeeNo: 'E1', email: 'ann@x.com', name: 'Ann' },
				{ email: 'ann@x.com' },
				{ employeeNo: 'E2' },
			),
			current,
			rules(),
		);
		expect(writes(made)).toEqual([]);
		expect(kinds(made)).toEqual(['duplicate 0', 'invalid 1']);
	});
});

it('stays quick when a placeholder value is shared by every row and record', async () => {
	const many = 20_000;
	const fields = (index: number) => ({ employeeNo: `E${index}`, email: `u${index}@x.com`, phone: 'n/a' });
	const made = await plan(
		rows(...Array.from({ length: many }, (_, index) => fields(index + 1))),
		Array.from({ length: many }, (_, index) => record(`id${index}`, fields(index))),
		rules({ match: ['employeeNo', 'phone'] }),
	);
	expect(made.counts.conflictRows).toBe(1);
	expect(made.actions).toHaveLength(many - 1);
});
