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
	type Rows,
} from '../../support';

const sandbox = useAlimail();

/** The text as it comes out when a file is read in another encoding than it was written in. */
const misread = (text: string, encoding: string) =>
	new TextDecoder(encoding).decode(Buffer.from(text, 'utf8'));
const chinese = (count: number) =>
	people(count).map((row, i) => ({ ...row, name: `王伟${i}`, department: `销售部/华东${i % 5}` }));

/** Nothing is written, one finding says why, and once it is approved it is done. */
async function expectHeld(rows: Rows, words: RegExp, parameters = {}): Promise<void> {
	const { summary, problems, hints } = await sync(sandbox.current, rows, parameters);
	expect(summary).toMatchObject({ hold: 'everything', created: 0, updated: 0, unfrozen: 0, frozen: 0 });
	expect(writes(sandbox.current)).toBe(0);
	expect(
		problems.filter(({ severity }) => severity === 'blocked').map(({ message }) => message),
	).toContainEqual(expect.stringMatching(words));
	expect(hints.join()).toMatch(words);
	expect(summary.text).toMatch(words);
	const approval = String(summary.approval);
	const again = await sync(sandbox.current, rows, { ...parameters, mode: 'approved', approval });
	expect(again.summary).toMatchObject({ hold: 'nothing', approved: true });
	expect(writes(sandbox.current)).toBeGreaterThan(0);
}

test('names and departments read in another encoding', async () => {
	seedPeople(sandbox.current, chinese(60));
	const rows = chinese(60).map((row) => ({
		...row,
		name: misread(row.name, 'gb18030'),
		department: misread(row.department, 'gb18030'),
	}));
	const { summary } = await sync(sandbox.current, rows);
	expect(summary).toMatchObject({ hold: 'everything', updated: 0, departmentsCreated: [] });
	expect(writes(sandbox.current)).toBe(0);
	expect(sandbox.current.alimail.users().map(({ name }) => name)).toEqual(
		chinese(60).map(({ name }) => name),
	);
});

test('GBK read as UTF-8: rows with lost characters, all of them', async () => {
	seedPeople(sandbox.current, chinese(20));
	const rows = chinese(20).map((row) => ({ ...row, name: '\ufffd\ufffd\ufffd' }));
	const { summary, problems } = await sync(
		sandbox.current,
		rows.map((row) => ({ ...row, department: '\ufffd' })),
	);
	expect(summary.whatHappened).toBe(
		'Nothing was changed. The list has no usable row (20 read; 20 have lost characters: the file was read in another encoding than it was written in).',
	);
	expect(summary.ifTheListIsWrong).toContain('Choose the right encoding where the file is read');
	// Each row once, and the finding.
	expect(problems).toHaveLength(21);
	expect(writes(sandbox.current)).toBe(0);
});

test('a column of names that slipped by a row', async () => {
	seedPeople(sandbox.current, people(50));
	const rows = people(50).map((row, i) => ({ ...row, name: `Person ${Math.max(i, 1)}` }));
	await expectHeld(rows, /49 of 50 people would get another name \(98 %, limit 20 %\)/);
});

test('a column of departments that slipped, where everybody is somewhere else', async () => {
	seedPeople(sandbox.current, people(30));
	const rows = people(30).map((row) => ({
		...row,
		department: row.department === 'Sales' ? 'R&D/Platform' : 'Sales',
	}));
	await expectHeld(rows, /30 of 30 people would be moved/);
});

test('accounts that were frozen, back in the list all at once', async () => {
	seedPeople(sandbox.current, people(100));
	const { directory } = sandbox.current.alimail;
	for (let number = 1; number <= 60; number += 1)
		directory.updateUser(account(sandbox.current, number)!, { status: 'FREEZE' });
	await expectHeld(people(100), /60 frozen accounts would be unfrozen \(limit 20\)/);
});

test('300 created beside 20, and the same as a first load that was announced', async () => {
	seedPeople(sandbox.current, people(20));
	const held = await sync(sandbox.current, people(320));
	expect(held.summary).toMatchObject({ hold: 'everything', created: 0 });
	expect(held.summary.ifTheListIsWrong).toContain(
		'enter under Guards, “First Load”, how many accounts it makes',
	);
	expect(writes(sandbox.current)).toBe(0);
	const { summary } = await sync(sandbox.current, people(320), { guards: { firstLoad: 300 } });
	expect(summary).toMatchObject({ hold: 'nothing', created: 300 });
});

test('one column emptied for all, where empty cells clear', async () => {
	seedPeople(sandbox.current, people(30));
	const rows = people(30).map((row) => ({ ...row, title: '' }));
	await expectHeld(rows, /30 of the 30 people who have a Job Title would lose it/, {
		options: { emptyCells: 'clear' },
	});
	expect(account(sandbox.current, 7)!.jobTitle ?? '').toBe('');
});

test('a column mapped for the first time fills in for everybody', async () => {
	seedPeople(sandbox.current, people(30));
	const rows = people(30).map((row, i) => ({ ...row, phone: `1380000${1000 + i}` }));
	const columns = mapping({ ...COLUMNS, phone: '={{ $json.phone }}' });
	expect((await sync(sandbox.current, rows, { columns })).summary).toMatchObject({
		hold: 'nothing',
		updated: 30,
	});
});

test('a company of three: two wrong names, two gone, two bad rows', async () => {
	seedPeople(sandbox.current, people(3));
	const [one, two, three] = [person(1), person(2), person(3)];
	for (const rows of [
		[one, { ...two, name: 'Person 1' }, { ...three, name: 'Person 2' }],
		[one],
		[one, { ...two, email: '' }, { ...three, name: '#N/A' }],
	]) {
		const { summary } = await sync(sandbox.current, rows);
		expect(summary).toMatchObject({ hold: 'everything', updated: 0, frozen: 0 });
	}
	expect(writes(sandbox.current)).toBe(0);
	expect((await sync(sandbox.current, [one, two])).summary).toMatchObject({ hold: 'nothing', frozen: 1 });
});

test('a narrow scope tells the rest of the list apart, and holds nothing back', async () => {
	const [one, ...others] = people(20);
	seedPeople(sandbox.current, [{ ...one!, department: 'Test' }, ...others]);
	const scope = { department: { __rl: true, mode: 'path', value: 'Test' } };
	const rows = [{ ...one!, department: 'Test' }, ...others];
	const { summary, problems } = await sync(sandbox.current, rows, { scope });
	expect(summary).toMatchObject({ hold: 'nothing', outside: 19, conflicts: 0, problems: 0, sourceRows: 20 });
	expect(summary.text).toContain('19 outside this sync');
	expect(problems.map(({ severity }) => severity)).toEqual(Array.from({ length: 19 }, () => 'outside'));
	expect(writes(sandbox.current)).toBe(0);
});
