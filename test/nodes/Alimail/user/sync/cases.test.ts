import zeros from '../../../../fixtures/sync/10-zeros-lost-with-joiner.json';
import phones from '../../../../fixtures/sync/03-phones-scientific.json';
import {
	account,
	COLUMNS,
	mapping,
	people,
	person,
	seedPeople,
	sync,
	useAlimail,
	writes,
} from '../../support';

const sandbox = useAlimail();
const withPhone = { columns: mapping({ ...COLUMNS, phone: '={{ $json.phone }}' }) };

test('phones that a spreadsheet has shortened are named, and stay as they are', async () => {
	seedPeople(sandbox.current, people(6));
	const { directory } = sandbox.current.alimail;
	phones.held.forEach(({ phone }, i) => directory.updateUser(account(sandbox.current, i + 1)!, { phone }));
	const rows = people(6).map((row, i) => ({ ...row, phone: phones.rows[i]!.phone }));
	const { problems } = await sync(sandbox.current, rows, withPhone);
	expect(problems.map(({ row, severity }) => [row, severity])).toEqual(
		[1, 2, 3, 4, 5, 6].map((no) => [no, 'cell']),
	);
	expect(writes(sandbox.current)).toBe(0);
});

test('numbers without their zeros: all named, nobody created, changed or frozen', async () => {
	seedPeople(sandbox.current, zeros.held);
	const { summary, problems } = await sync(sandbox.current, zeros.export);
	expect(summary).toMatchObject({ hold: 'everything', created: 0, frozen: 0 });
	expect(problems.map(({ message }) => message).join()).toContain(
		'Employee Number "199" has 3 digits where those in Alimail have 6: its leading zeros seem to be lost',
	);
	expect(writes(sandbox.current)).toBe(0);
});

test.each(['#N/A', '#REF!', 'N/A', '-', 'NULL', '无'])(
	'department %j for all moves nobody',
	async (department) => {
		seedPeople(sandbox.current, people(10));
		await sync(
			sandbox.current,
			people(10).map((row) => ({ ...row, department })),
		);
		expect(writes(sandbox.current)).toBe(0);
	},
);

test.each(['R&D／Platform', 'R&D/Plat\u200bform', 'R&D/Platform\u200b'])(
	'department %j is R&D/Platform',
	async (department) => {
		seedPeople(sandbox.current, people(5));
		const rows = people(5).map((row) => (row.no === 'E3' ? { ...row, department } : row));
		expect((await sync(sandbox.current, rows)).users).toEqual([]);
		expect(writes(sandbox.current)).toBe(0);
	},
);

test('a full-width @ is an @, and what is wrong is quoted as it stands in the source', async () => {
	seedPeople(sandbox.current, people(10));
	const rows = people(10).map((row) =>
		row.no === 'E8'
			? { ...row, email: 'person8＠yunhe.example' }
			: row.no === 'E9'
				? { ...row, email: 'person9＠ yun\u200bhe' }
				: row,
	);
	const { problems } = await sync(sandbox.current, rows);
	expect(problems.map(({ message }) => message)).toEqual([
		'Item 9: Email Address "person9＠ yun‹U+200B›he" is not a mail address',
	]);
});

test('rows of nothing but commas are no rows', async () => {
	seedPeople(sandbox.current, people(10));
	const blank = { no: '', email: '', name: '', department: '', title: '', manager: '' };
	const { problems, summary } = await sync(sandbox.current, [...people(10), blank, blank, blank]);
	expect(problems).toEqual([]);
	expect(summary).toMatchObject({ sourceRows: 10, hold: 'nothing' });
});

test('who is his own manager: the title is written, the manager reported', async () => {
	seedPeople(sandbox.current, people(10));
	const rows = [person(1, { manager: 'person1@yunhe.example', title: 'Chairman' }), ...people(9, 2)];
	const { problems, summary } = await sync(sandbox.current, rows);
	expect(problems).toEqual([expect.objectContaining({ severity: 'reference', row: 1 })]);
	expect(summary).toMatchObject({ updated: 1, failed: 0 });
	expect(account(sandbox.current, 1)!.jobTitle).toBe('Chairman');
});

describe('a number alone does not say who somebody is', () => {
	beforeEach(() => seedPeople(sandbox.current, people(12)));

	test('two rows with each other’s numbers: both are conflicts, and nobody gets another’s name', async () => {
		const rows = people(12).map(
			(row) => ({ E3: { ...row, no: 'E5' }, E5: { ...row, no: 'E3' } })[row.no] ?? row,
		);
		const { problems } = await sync(sandbox.current, rows);
		expect(problems.map(({ row, severity }) => [row, severity])).toEqual([
			[3, 'conflict'],
			[5, 'conflict'],
		]);
		expect(writes(sandbox.current)).toBe(0);
	});

	test('a number given out again is a conflict', async () => {
		const rows = people(12).map((row) =>
			row.no === 'E3' ? { ...row, email: 'new@yunhe.example', name: 'Somebody New' } : row,
		);
		const { problems } = await sync(sandbox.current, rows);
		expect(problems).toEqual([
			expect.objectContaining({
				severity: 'conflict',
				row: 3,
				message: expect.stringContaining('It may be somebody else’s; the account is not touched.'),
			}),
		]);
		expect(writes(sandbox.current)).toBe(0);
	});

	test('a new name with the old address is the same person, and an alias is an address of theirs', async () => {
		const { directory } = sandbox.current.alimail;
		directory.setAliases(account(sandbox.current, 4)!, ['married@yunhe.example']);
		const rows = people(12).map((row) => {
			if (row.no === 'E3') return { ...row, name: 'New Name' };
			return row.no === 'E4' ? { ...row, name: 'Married', email: 'married@yunhe.example' } : row;
		});
		const { problems, summary } = await sync(sandbox.current, rows);
		expect(problems).toEqual([]);
		expect(summary).toMatchObject({ updated: 2 });
	});

	test('an alias of a protected account protects it', async () => {
		const { directory } = sandbox.current.alimail;
		directory.setAliases(account(sandbox.current, 12)!, ['admin@yunhe.example']);
		const { summary } = await sync(sandbox.current, people(11));
		expect(summary).toMatchObject({ frozen: 0 });
		expect(account(sandbox.current, 12)!.status).toBe('NORMAL');
	});
});
