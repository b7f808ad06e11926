import { DEFAULT_LIMITS, guard, plan, Planner } from '../../../core/sync';
import { daysAgo, record, rows, rules, writes } from './people';

const ann = { employeeNo: 'E1', email: 'ann@x.com', name: 'Ann' };

describe('comparing', () => {
	it('writes nothing when only width, white space, list order or an absent value differ', async () => {
		const made = await plan(
			rows({
				...ann,
				name: 'Ａｎｎ  Lee ',
				departments: ['b', 'a', 'a'],
				phone: '',
				hidden: false,
				title: undefined,
			}),
			[record('a', { ...ann, name: 'Ann Lee', departments: ['a', 'b'], title: 'Boss' })],
			rules(),
		);
		expect(made.actions).toEqual([
			expect.objectContaining({ kind: 'none', id: 'a', changes: {}, reason: 'Nothing has changed' }),
		]);
	});

	it('counts case unless the normaliser says otherwise, and reports from and to', async () => {
		const made = await plan(
			rows({ employeeNo: 'E1', email: 'ANN@x.com', name: 'ann', departments: ['a', 'c'], phone: '' }),
			[record('a', { ...ann, departments: ['a', 'b'], phone: '123' })],
			rules(),
		);
		expect(made.actions[0]).toMatchObject({
			kind: 'update',
			changes: {
				name: { from: 'Ann', to: 'ann' },
				departments: { from: ['a', 'b'], to: ['a', 'c'] },
				phone: { from: '123', to: '' },
			},
			reason: 'Changed on the list: Name, departments and phone',
		});
		expect(Object.keys(made.actions[0]!.changes)).toEqual(['name', 'departments', 'phone']);
	});

	it('reports a field the target cannot change and applies the others', async () => {
		const made = await plan(
			rows({ ...ann, email: 'ann.lee@x.com', name: 'Ann Lee' }),
			[record('a', ann)],
			rules({ immutable: { email: 'Add the new address as an alias.' } }),
		);
		expect(made.actions[0]).toMatchObject({
			kind: 'update',
			changes: { name: { from: 'Ann', to: 'Ann Lee' } },
		});
		expect(made.actions[0]!.changes).not.toHaveProperty('email');
		expect(made.problems).toEqual([
			expect.objectContaining({
				severity: 'unsupported',
				field: 'email',
				remedy: 'Add the new address as an alias.',
			}),
		]);
	});

	it('gives a create its fields as they are, and neither compares nor shows create-only ones', async () => {
		const extra = rules({ createOnly: ['password'] });
		const fields = { ...ann, name: ' Ann ', password: 'first-secret' };
		const [create] = (await plan(rows(fields), [], extra)).actions;
		expect(create).toMatchObject({ kind: 'create', key: 'E1', label: 'ann@x.com', fields });
		expect(JSON.stringify(create!.changes)).not.toContain('first-secret');
		expect(writes(await plan(rows(fields), [record('a', ann)], extra))).toEqual([]);
	});
});

describe('who is never touched', () => {
	it('a protected record, with a row or without', async () => {
		const guarded = { protectedBy: 'is an administrator' };
		const current = [
			record('a', ann, guarded),
			record('b', { employeeNo: 'E2' }, { ...guarded, active: false }),
		];
		const made = await plan(
			rows({ ...ann, name: 'Other' }),
			current,
			rules({ leavers: { action: 'delete', afterDays: 0 } }),
		);
		expect(made.actions).toEqual([
			expect.objectContaining({
				kind: 'none',
				id: 'a',
				reason: 'Protected, never touched: is an administrator',
			}),
		]);
	});

	it('a record out of scope; a row that finds it is outside unless it may be adopted', async () => {
		const current = [record('a', ann, { owned: false }), record('b', { employeeNo: 'E2' }, { owned: false })];
		const made = await plan(rows({ ...ann, name: 'Other' }), current, rules());
		expect(made.actions).toEqual([]);
		expect(made.problems).toEqual([expect.objectContaining({ severity: 'outside', row: 0, id: 'a' })]);
		expect(made.counts).toMatchObject({ outsideRows: 1, conflictRows: 0, validRows: 0 });
		const adoptable = current.map((entry) => ({ ...entry, adoptable: true }));
		expect(writes(await plan(rows({ ...ann, name: 'Other' }), adoptable, rules()))).toEqual(['update E1']);
	});
});

describe('leavers and re-joiners', () => {
	const gone = record('a', ann);
	const off = (days?: number) =>
		record(
			'b',
			{ employeeNo: 'E2' },
			{ active: false, ...(days === undefined ? {} : { disabledAt: daysAgo(days) }) },
		);
	const leave = async (action: 'nothing' | 'disable' | 'disableThenDelete' | 'delete', days?: number) =>
		await plan([], [gone, off(days)], rules({ leavers: { action, afterDays: 30 } }));

	it.each([
		['nothing', 90, []],
		['remove' as 'delete', 90, []],
		['disable', 90, ['disable E1']],
		['delete', undefined, ['delete E1', 'delete E2']],
		['disableThenDelete', 29, ['disable E1']],
		['disableThenDelete', 30, ['disable E1', 'delete E2']],
		['disableThenDelete', undefined, ['disable E1']],
		['disableThenDelete', -5, ['disable E1']],
	] as const)('%s, disabled %s days ago: %j', async (action, days, expected) => {
		const made = await leave(action, days);
		expect(writes(made)).toEqual(expected);
		expect(made.actions).toHaveLength(2);
	});

	it('says why it does not delete when it is not known since when a record is disabled', async () => {
		const made = await leave('disableThenDelete');
		expect(made.problems).toEqual([expect.objectContaining({ severity: 'unsupported', id: 'b' })]);
		expect(made.problems[0]!.message).toContain('does not say since when');
	});

	it('says when a disabled record is due', async () => {
		expect((await leave('disableThenDelete', 10)).actions[1]!.reason).toBe(
			'No longer on the list; disabled, to be deleted from 2026-04-20 on',
		);
	});

	it('refuses a waiting time that is no number of days', async () => {
		await expect(plan([], [], rules({ leavers: { action: 'delete', afterDays: NaN } }))).rejects.toThrow(
			RangeError,
		);
	});

	it('enables a re-joiner with the changes in one action, or says that it stays', async () => {
		const current = [record('a', ann, { active: false })];
		const back = rows({ ...ann, name: 'Ann Lee' });
		expect((await plan(back, current, rules())).actions).toEqual([
			expect.objectContaining({ kind: 'enable', id: 'a', changes: { name: { from: 'Ann', to: 'Ann Lee' } } }),
		]);
		const [kept] = (await plan(back, current, rules({ rejoiners: 'nothing' }))).actions;
		expect(kept).toMatchObject({ kind: 'none', changes: {} });
		expect(kept!.reason).toContain('disabled');
	});
});

describe('who may not be enabled', () => {
	const left = record('a', ann, {
		active: false,
		rejoin: { allowed: false, reason: 'unsubscribed on 2 March 2026' },
	});

	it('is changed as the row says, stays disabled, and it is said why', async () => {
		const { actions, problems } = await plan(rows({ ...ann, name: 'Ann Lee' }), [left], rules());
		expect(actions).toEqual([
			expect.objectContaining({
				kind: 'update',
				id: 'a',
				changes: { name: { from: 'Ann', to: 'Ann Lee' } },
				reason: 'Changed on the list: Name. Stays disabled: unsubscribed on 2 March 2026',
				staysDisabled: 'unsubscribed on 2 March 2026',
			}),
		]);
		expect(problems).toEqual([]);
	});

	it('without changes, nothing is written', async () => {
		const { actions } = await plan(rows(ann), [left], rules());
		expect(actions).toEqual([
			expect.objectContaining({
				kind: 'none',
				reason: 'Nothing has changed. Stays disabled: unsubscribed on 2 March 2026',
			}),
		]);
	});

	it('an active record has nothing to come back from', async () => {
		const { actions } = await plan(rows(ann), [{ ...left, active: true }], rules());
		expect(actions[0]).not.toHaveProperty('staysDisabled');
	});
});

describe('references', () => {
	const person = (number: number, manager?: number) => ({
		employeeNo: `E${number}`,
		email: `p${number}@x.com`,
		...(manager === undefined ? {} : { managerEmail: `P${manager}@X.com` }),
	});

	it('makes a joiner wait for a manager who joins too', async () => {
		const made = await plan(rows(person(1, 2), person(2, 3), person(3)), [record('c', person(3))], rules());
		expect(made.actions.map(({ kind, key, after }) => [kind, key, after])).toEqual([
			['create', 'E1', 'E2'],
			['create', 'E2', undefined],
			['none', 'E3', undefined],
		]);
	});

	it('leaves out and reports a manager whom nobody has, for joiners and for those who are there', async () => {
		const made = await plan(
			rows(person(1, 9), { ...person(2, 9), name: 'New' }),
			[record('b', person(2))],
			rules(),
		);
		expect(made.actions[0]!.fields).not.toHaveProperty('managerEmail');
		expect(made.actions[1]).toMatchObject({ kind: 'update', changes: { name: { to: 'New' } } });
		expect(made.actions[1]!.changes).not.toHaveProperty('managerEmail');
		expect(made.problems.map(({ severity, row, field }) => [severity, row, field])).toEqual([
			['reference', 0, 'managerEmail'],
			['reference', 1, 'managerEmail'],
		]);
		expect(made.problems[0]!.message).toBe(
			'Item 1: nobody has the Email of Manager "P9@X.com". The record is created without it.',
		);
	});

	it('finds who is named by another field: in the source first, then in the target', async () => {
		const byNumber = rules({ reference: { field: 'managerEmail', to: 'email', by: 'employeeNo' } });
		const made = await plan(
			rows(
				{ ...person(1), managerEmail: 'e2' },
				{ ...person(3), managerEmail: ' E4 ' },
				{ ...person(4), email: 'new4@x.com' },
				{ ...person(5), managerEmail: 'E9' },
			),
			[
				record('b', person(2)),
				record('d', person(4)),
				record('e', { ...person(5), managerEmail: 'p2@x.com' }),
			],
			byNumber,
		);
		expect(made.actions.map(({ key, changes, fields }) => [key, (fields ?? changes).managerEmail])).toEqual(
			expect.arrayContaining([
				['E1', 'p2@x.com'],
				['E3', { from: undefined, to: 'new4@x.com' }],
				['E5', undefined],
			]),
		);
		expect(made.problems.map(({ message }) => message)).toEqual([
			'Item 4: nobody has the Email of Manager "E9". It is left as it is.',
		]);
	});

	it('breaks a circle of joiners with an update at the end', async () => {
		const made = await plan(rows(person(1, 2), person(2, 1)), [], rules());
		const creates = made.actions.filter(({ kind }) => kind === 'create');
		expect(creates.filter(({ after }) => after !== undefined)).toHaveLength(1);
		expect(made.actions.slice(2)).toEqual([
			expect.objectContaining({
				kind: 'update',
				changes: { managerEmail: expect.anything() },
				reference: 'managerEmail',
			}),
		]);
	});

	it('leaves out who is their own manager, says so, and writes the rest', async () => {
		const made = await plan(
			rows(person(1, 1), { ...person(2, 2), name: 'New' }, { ...person(3), managerEmail: 'e3' }),
			[record('b', person(2)), record('c', { ...person(3), managerEmail: 'p2@x.com' })],
			rules({ reference: { field: 'managerEmail', to: 'email', by: 'employeeNo' } }),
		);
		expect(made.actions[0]!.fields).not.toHaveProperty('managerEmail');
		expect(made.actions[1]).toMatchObject({ kind: 'update', changes: { name: { to: 'New' } } });
		expect(made.actions[1]!.changes).not.toHaveProperty('managerEmail');
		expect(made.actions[2]).toMatchObject({ kind: 'none' });
		expect(made.problems.map(({ severity, message }) => [severity, message])).toEqual([
			[
				'reference',
				'Item 1: Manager "P1@X.com" is the very person of this row. The record is created without it.',
			],
			['reference', 'Item 2: Manager "P2@X.com" is the very person of this row. It is left as it is.'],
			['reference', 'Item 3: Manager "e3" is the very person of this row. It is left as it is.'],
		]);
	});

	it('finds a manager by an alias, and writes the address the target knows best', async () => {
		const aliased = record('b', person(2), { also: { email: ['boss@x.com'] } });
		const made = await plan(rows({ ...person(1), managerEmail: 'BOSS@x.com' }), [aliased], rules());
		expect(made.actions[0]!.fields).toMatchObject({ managerEmail: 'p2@x.com' });
		expect(made.problems).toEqual([]);
	});

	it('waits for an address that changes in the same plan', async () => {
		const current = [record('a', person(1)), record('b', { ...person(2), email: 'old@x.com' })];
		const made = await plan(rows({ ...person(1, 2), name: 'New' }, person(2)), current, rules());
		expect(writes(made)).toEqual(['update E1', 'update E2', 'update E1']);
		expect(made.actions[0]!.changes).not.toHaveProperty('managerEmail');
		expect(made.actions[2]).toMatchObject({ id: 'a', after: 'E2', reference: 'managerEmail' });
	});

	it('does not point at an address that goes in the same plan', async () => {
		const current = [record('a', person(1)), record('b', { ...person(2), email: 'p9@x.com' })];
		const made = await plan(rows(person(1, 9), person(2)), current, rules());
		expect(writes(made)).toEqual(['update E2']);
		expect(made.problems.map(({ severity, row }) => [severity, row])).toEqual([['reference', 0]]);
	});

	it('does not point at somebody who is deleted', async () => {
		const made = await plan(
			rows(person(1, 2)),
			[record('b', person(2))],
			rules({ leavers: { action: 'delete', afterDays: 0 } }),
		);
		expect(writes(made)).toEqual(['create E1', 'delete E2']);
		expect(made.problems.map(({ severity }) => severity)).toEqual(['reference']);
	});
});

it('lets others have their turn while it works through many', async () => {
	const many = Array.from({ length: 30_000 }, (_, index) => ({
		employeeNo: `E${index}`,
		email: `p${index}@x.com`,
		name: `王 ${index}`,
		managerEmail: 'p1@x.com',
	}));
	const current = many.map((fields, index) => record(`id${index}`, { ...fields, name: 'Old' }));
	let turns = 0;
	let isDone = false;
	const turn = () => {
		turns += 1;
		if (!isDone) setImmediate(turn);
	};
	setImmediate(turn);
	const made = await plan(rows(...many), current, rules());
	await guard(made, { ...DEFAULT_LIMITS }, { sourceComplete: false, targetComplete: true });
	isDone = true;
	// Some hundred milliseconds of work, a turn after each 25 of them.
	expect(turns).toBeGreaterThan(4);
	expect(writes(made)).toHaveLength(many.length);
});

describe('a planner', () => {
	const list = rows(
		{ ...ann, name: 'Ann Lee', managerEmail: 'bo@x.com' },
		{ employeeNo: 'E3', email: 'cy@x.com', name: 'Cy', managerEmail: 'ann@x.com' },
	);
	const there = [
		record('a', ann),
		record('b', { employeeNo: 'E2', email: 'bo@x.com', name: 'Bo' }),
		record('c', { employeeNo: 'E4', email: 'di@x.com', name: 'Di' }),
	];

	it.each([undefined, { field: 'managerEmail', to: 'email' }])(
		'comes to the same plan when records come in parts, while the rows are read (reference: %j)',
		async (reference) => {
			const how = rules(reference === undefined ? {} : { reference });
			const planner = new Planner(how);
			const [first, ...others] = there;
			await planner.add([first!]);
			const source = planner.read(list);
			for (const one of others) await planner.add([one]);
			const made = await planner.plan(await source);
			expect(made).toEqual(await plan(list, there, how));
			expect(made.actions.map(({ kind }) => kind)).toEqual(['update', 'create', 'disable', 'disable']);
			expect(planner.records).toEqual(there);
		},
	);

	it.each([[[0, 1]], [[1, 0]]])(
		'takes nobody for a leaver whom a row may mean, although it seemed to mean another (order: %j)',
		async (order) => {
			const { reference: _, ...how } = rules({
				match: ['employeeNo'],
				leavers: { action: 'delete', afterDays: 0 },
			});
			const both = [
				record('a', { employeeNo: 'E1' }),
				record('b', { employeeNo: 'E2' }, { also: { employeeNo: ['E1'] } }),
			];
			const planner = new Planner(how);
			const source = await planner.read(rows({ employeeNo: 'E1', name: 'Ann' }));
			for (const place of order) await planner.add([both[place]!]);
			const made = await planner.plan(source);
			expect(writes(made)).toEqual([]);
			expect(made.problems.map(({ severity }) => severity)).toEqual(['conflict']);
		},
	);
});
