import {
	account,
	COLUMNS,
	mapping,
	people,
	person,
	seedPeople,
	syncAnyway as sync,
	useAlimail,
	writes,
} from '../../support';

const sandbox = useAlimail();

/** Ten people who are there, so that one bad row is no reason for a guard. */
beforeEach(() => seedPeople(sandbox.current, people(10)));

/** The ten with a new title each, the row of person 3 replaced: whatever is wrong with it, nine are to be changed. */
function withBadRow(more: Record<string, unknown>) {
	return people(10).map((row) => ({ ...row, title: 'Lead', ...(row.no === 'E3' ? more : {}) }));
}

/** Nine of ten have their new title, the third has neither that nor any other change. */
function expectOthersDone() {
	const titles = sandbox.current.alimail.users().map(({ jobTitle }) => jobTitle);
	expect(titles).toEqual(['Lead', 'Lead', 'Engineer', ...Array.from({ length: 7 }, () => 'Lead')]);
	expect(account(sandbox.current, 3)).toMatchObject({ status: 'NORMAL', name: 'Person 3' });
	expect(writes(sandbox.current)).toBe(9);
}

describe('a bad row is named with what to do, its account stays as it is, and all others are done', () => {
	test('no employee number', async () => {
		const { problems, summary } = await sync(sandbox.current, withBadRow({ no: '  ' }));
		expect(problems).toEqual([
			expect.objectContaining({
				severity: 'invalid',
				row: 3,
				field: 'employeeNo',
				message:
					'Item 3 has no Employee Number, so it is not clear whose it is (person3@yunhe.example). It is left out.',
				remedy: expect.stringContaining('Fill in Employee Number in the list.'),
				source: expect.objectContaining({ email: 'person3@yunhe.example' }),
			}),
		]);
		expect(summary).toMatchObject({ updated: 9, invalid: 1, frozen: 0 });
		expectOthersDone();
	});

	test('an address outside the domains of the tenant', async () => {
		const { problems } = await sync(sandbox.current, withBadRow({ email: 'person3@elsewhere.example' }));
		expect(problems).toEqual([
			expect.objectContaining({
				severity: 'invalid',
				row: 3,
				message: 'Item 3: Email Address "person3@elsewhere.example" is not in one of your mail domains',
				remedy: 'Correct it; your domains are example.com, yunhe.example.',
			}),
		]);
		expectOthersDone();
	});

	test.each([
		[
			'no address',
			{ email: '' },
			'Item 3: Email Address "" is missing',
			'Fill in the address in the source.',
		],
		[
			'something that is no address',
			{ email: 'person3 at yunhe' },
			'Item 3: Email Address "person3 at yunhe" is not a mail address',
			'Correct it in the source.',
		],
		['no name', { name: ' ' }, 'Item 3: Name "" is missing', 'Fill in the name in the source.'],
		[
			'a name of 300 characters',
			{ name: 'x'.repeat(300) },
			`Item 3: Name "${'x'.repeat(59)}…" has 300 characters, so it cannot be a name`,
			'Correct it in the source: up to 128 characters.',
		],
		[
			'a department path with a hole',
			{ department: 'R&D//Core' },
			'Item 3: Department "R&D//Core" is not a department path',
			'Correct it in the source, or create the department.',
		],
	])('%s', async (_, more, message, remedy) => {
		const { problems } = await sync(sandbox.current, withBadRow(more));
		expect(problems).toEqual([expect.objectContaining({ severity: 'invalid', row: 3, message, remedy })]);
		expectOthersDone();
	});

	test('an initial password that Alimail would refuse, without the password in the message', async () => {
		const rows = withBadRow({ password: 'tooshort' }).map((row) => ({ password: '', ...row }));
		const { problems } = await sync(sandbox.current, rows, {
			columns: mapping({ ...COLUMNS, initialPassword: '={{ $json.password }}' }),
		});
		expect(problems).toEqual([expect.objectContaining({ severity: 'invalid', row: 3 })]);
		expect(problems[0]!.message).toMatch(
			/^Item 3: Initial Password .*has 8 characters; Alimail wants 9 to 64$/,
		);
		expect(problems[0]!.message).not.toContain('tooshort');
		expectOthersDone();
	});
});

test('two rows with one employee number: both are named, neither is used, the account stays', async () => {
	const rows = [
		...withBadRow({}),
		person(3, { no: ' e3 ', email: 'other@yunhe.example', name: 'Somebody Else' }),
	];
	const { problems, users } = await sync(sandbox.current, rows);
	const message = 'Items 3 and 11 have the same Employee Number "E3". None of them is used.';
	expect(problems.map(({ row, severity, message: words }) => [row, severity, words])).toEqual([
		[3, 'duplicate', message],
		[11, 'duplicate', message],
	]);
	expect(problems[0]!.remedy).toMatch(/^Keep one row for each person in the list\./);
	expect(users).toHaveLength(9);
	expectOthersDone();
});

test('two joiners with one address: both are named and neither is created', async () => {
	const rows = [...people(10), person(11), person(12, { email: 'Person11@yunhe.example' })];
	const { problems, summary } = await sync(sandbox.current, rows);
	expect(problems.map(({ row, message }) => [row, message])).toEqual([
		[11, expect.stringMatching(/^Items 11 and 12 have the same Email Address "person11@yunhe.example"\./)],
		[12, expect.stringMatching(/^Items 11 and 12 have the same Email Address/)],
	]);
	expect(summary.created).toBe(0);
	expect(writes(sandbox.current)).toBe(0);
});

test('a manager who does not exist: the person is created without, and both kinds of row are told', async () => {
	const rows = [
		...people(9),
		person(10, { manager: 'nobody@yunhe.example' }),
		person(11, { manager: 'E999' }),
	];
	const { problems, summary } = await sync(sandbox.current, rows);
	expect(problems).toEqual([
		expect.objectContaining({
			severity: 'reference',
			row: 10,
			message:
				'Item 10: nobody has the Email Address of Manager "nobody@yunhe.example". It is left as it is.',
			remedy: 'Correct Manager in the list, or add the person it names; the next run sets it.',
		}),
		expect.objectContaining({
			row: 11,
			message: 'Item 11: nobody has the Email Address of Manager "E999". The account is created without it.',
		}),
	]);
	expect(summary).toMatchObject({ created: 1, updated: 0, failed: 0 });
	expect(account(sandbox.current, 10)!.managerId).toBe(account(sandbox.current, 1)!.id);
	expect(account(sandbox.current, 11)!.managerId).toBeUndefined();
});

test('an emoji in a name arrives as it is, and is no change the next day', async () => {
	const rows = [...people(10), person(11, { name: '王小明 🦊👩‍💻' })];
	const { problems, summary } = await sync(sandbox.current, rows);
	expect(problems).toEqual([]);
	expect(summary.created).toBe(1);
	expect(account(sandbox.current, 11)!.name).toBe('王小明 🦊👩‍💻');
	expect((await sync(sandbox.current, rows)).users).toEqual([]);
});

test('what Alimail itself refuses is that person’s problem, with its words, and no other’s', async () => {
	// Within what this sync checks, above what the service takes.
	const rows = withBadRow({ name: 'x'.repeat(100) });
	const { problems, users, summary } = await sync(sandbox.current, rows);
	expect(problems).toEqual([
		expect.objectContaining({
			severity: 'failed',
			row: 3,
			message: expect.stringMatching(/^Item 3 \(person3@yunhe.example\) was not changed: .*longer than 64/),
		}),
	]);
	expect(users.find(({ row }) => row === 3)).toMatchObject({ status: 'failed', action: 'update' });
	expect(summary).toMatchObject({ updated: 9, failed: 1 });
	expect(account(sandbox.current, 3)!.name).toBe('Person 3');
});

test.each([
	[
		'two addresses',
		{ email: ['a@yunhe.example', 'b@yunhe.example'] },
		'is a list or an object where text is',
	],
	['an object for a name', { name: { first: 'Ada' } }, 'is a list or an object where text is expected'],
])('a cell without which the row means nobody, with %s', async (_, more, words) => {
	const rows = withBadRow(more).map((row) => ({ hidden: '', ...row }));
	const { problems } = await sync(sandbox.current, rows, {
		columns: mapping({ ...COLUMNS, isHidden: '={{ $json.hidden }}' }),
	});
	expect(problems).toEqual([expect.objectContaining({ severity: 'invalid', row: 3 })]);
	expect(problems[0]!.message).toContain(words);
	expectOthersDone();
});

test.each([
	['a list where text belongs', { phone: ['a', 'b'] }, 'Mobile Phone "a, b" is a list or an object where'],
	['neither true nor false', { hidden: 'maybe' }, 'Hidden in Address Book "maybe" is neither true nor false'],
	['an error of the spreadsheet', { department: '#N/A' }, 'Department "#N/A" is an error of the spreadsheet'],
	[
		'a number it shortened',
		{ phone: '8.6138E+12' },
		'Mobile Phone "8.6138E+12" was shortened by a spreadsheet',
	],
])(
	'any other cell with %s is named and left alone, and the rest of the row is done',
	async (_, more, words) => {
		const rows = withBadRow(more).map((row) => ({ hidden: '', phone: '', ...row }));
		const { problems, summary } = await sync(sandbox.current, rows, {
			columns: mapping({ ...COLUMNS, isHidden: '={{ $json.hidden }}', phone: '={{ $json.phone }}' }),
		});
		expect(problems).toEqual([expect.objectContaining({ severity: 'cell', row: 3 })]);
		expect(problems[0]!.message).toContain(words);
		expect(problems[0]!.message).toMatch(/It is left as it is\.$/);
		expect(summary).toMatchObject({ updated: 10, invalid: 0 });
		expect(account(sandbox.current, 3)).toMatchObject({ jobTitle: 'Lead', isHidden: false });
		expect(account(sandbox.current, 3)!.phone).toBeUndefined();
	},
);
