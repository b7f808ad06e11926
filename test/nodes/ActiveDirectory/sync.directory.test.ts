import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { adCredential, ldapCredential } from '../../support/directory';
import { addPerson, ownUnit, PASSWORD, setOn } from '../../support/directory/people';
import { NODE, runNode } from '../../support/runNode';

let admin: Directory;
beforeAll(() => (admin = new Directory(readSettings(adCredential()))));
afterAll(async () => await admin.close());

const COLUMNS = {
	employeeNo: '={{ $json.no }}',
	email: '={{ $json.email }}',
	name: '={{ $json.name }}',
	department: '={{ $json.department }}',
	jobTitle: '={{ $json.title }}',
	managerEmail: '={{ $json.manager }}',
};
/** The guards are not the topic of most of these tests, in which everybody is new or changes in one night. */
const OPEN = Object.fromEntries(
	[
		...['maxShrinkPercent', 'maxLeaverPercent', 'maxCreatedPercent', 'maxEnabledPercent'],
		...['maxRenamedPercent', 'maxMovedPercent', 'maxColumnPercent'],
	].map((name) => [name, 0]),
);

async function sync(
	base: string,
	rows: IDataObject[],
	more: INodeParameters = {},
	credential = adCredential(),
) {
	const run = await runNode(
		{
			type: 'activeDirectory',
			parameters: {
				resource: 'user',
				operation: 'sync',
				mode: 'apply',
				columns: { mappingMode: 'defineBelow', value: COLUMNS },
				scope: { base },
				guards: OPEN,
				...more,
			},
			credentials: { mailOpsActiveDirectoryApi: credential },
		},
		rows as never,
	);
	if (run.error) throw Object.assign(new Error(run.error.message), { description: run.error.description });
	return { users: run.json(NODE), problems: run.json(NODE, 1), summary: run.json(NODE, 2)[0]! };
}

/** Logins are unique in the whole domain: each test has people of its own. */
let family = 0;
const people = (count: number) => {
	const of = `f${++family}x${process.pid}`;
	return Array.from({ length: count }, (_, i): IDataObject => ({
		no: `${of}-${i + 1}`,
		email: `p${i + 1}.${of}@corp.test`,
		name: i === 1 ? `Smith, Ann ${of}` : `李伟 ${i + 1} ${of}`,
		department: i % 2 === 0 ? 'Sales' : 'Support',
		title: 'Engineer',
		manager: i === 0 ? '' : `p1.${of}@corp.test`,
	}));
};

async function place() {
	const base = await ownUnit(admin);
	const [sales, leavers] = [`OU=Sales,${base}`, `OU=Leavers,${base}`];
	for (const dn of [sales, leavers]) await admin.add(dn, { objectClass: ['organizationalUnit'] });
	const name = `s-${process.pid}-${family}-${Date.now() % 1e6}`;
	const group = `CN=${name},${base}`;
	await admin.add(group, { objectClass: ['group'], sAMAccountName: [name] });
	const rules = { department: [{ name: 'Sales', unit: sales, groups: name }] };
	const options = { newUnit: base, leaverUnit: leavers };
	return { base, sales, leavers, group, more: { departments: rules, options } as INodeParameters };
}

async function stands(base: string) {
	const found: Record<string, { dn: string; uac: number; groups: string[]; entry: object }> = {};
	const filter = { compare: '=' as const, attribute: 'objectClass', value: 'user' };
	const attributes = ['mail', 'userAccountControl', 'memberOf', 'manager', 'title', 'employeeID'];
	for await (const entry of admin.search({ base, scope: 'sub', filter, attributes }))
		found[String(entry.mail)] = {
			dn: entry.dn,
			uac: Number(entry.userAccountControl),
			groups: [entry.memberOf ?? []].flat().map(String),
			entry,
		};
	return found;
}

test('from nothing: accounts with managers, units and groups by department; again: nothing to do', async () => {
	const { base, sales, group, more } = await place();
	const rows = people(4);
	const first = await sync(base, rows, more);
	expect(first.problems).toEqual([]);
	expect(first.summary).toMatchObject({ created: 4, failed: 0 });
	expect(first.users[0]).toMatchObject({
		action: 'create',
		status: 'done',
		initialPassword: expect.stringMatching(/^.{16}$/) as string,
	});
	const there = await stands(base);
	const boss = there[String(rows[0]!.email)]!;
	expect(boss).toMatchObject({ uac: 512, groups: [group] });
	expect(boss.dn.endsWith(sales)).toBe(true);
	const ann = there[String(rows[1]!.email)]!;
	expect(ann).toMatchObject({ groups: [], entry: { manager: boss.dn, employeeID: rows[1]!.no } });
	expect(ann.dn).toMatch(/^CN=Smith\\, Ann/);

	const again = await sync(base, rows, more);
	expect(again.problems).toEqual([]);
	expect(again.users).toEqual([]);
	expect(again.summary).toMatchObject({ created: 0, updated: 0, disabled: 0, failed: 0 });
});

test('a new department moves people, takes them out of its groups and puts them into others', async () => {
	const { base, sales, group, more } = await place();
	const rows = people(2);
	await sync(base, rows, more);
	const [one, two] = rows as [IDataObject, IDataObject];
	const changed = [
		{ ...one, department: 'Support', title: 'Head' },
		{ ...two, department: 'Sales' },
	];
	const { summary, problems } = await sync(base, changed, more);
	expect(problems).toEqual([]);
	expect(summary).toMatchObject({ updated: 2, failed: 0 });
	const there = await stands(base);
	expect(there[String(one.email)]).toMatchObject({ groups: [], entry: { title: 'Head' } });
	expect(there[String(two.email)]).toMatchObject({ groups: [group] });
	expect(there[String(two.email)]!.dn.endsWith(sales)).toBe(true);
	expect((await sync(base, changed, more)).users).toEqual([]);
});

test('who left is disabled and moved, who comes back is enabled and moved back', async () => {
	const { base, leavers, more } = await place();
	const rows = people(3);
	await sync(base, rows, { ...more, leavers: 'disableAndMove' });
	const gone = rows[1]!;
	const { users, problems } = await sync(
		base,
		rows.filter((row) => row !== gone),
		{ ...more, leavers: 'disableAndMove' },
	);
	expect(problems).toEqual([]);
	expect(users).toMatchObject([{ action: 'disable', status: 'done' }]);
	const there = (await stands(base))[String(gone.email)]!;
	expect(there).toMatchObject({ uac: 514 });
	expect(there.dn.endsWith(leavers)).toBe(true);

	const back = await sync(base, rows, { ...more, leavers: 'disableAndMove' });
	expect(back.users).toMatchObject([{ action: 'enable', status: 'done' }]);
	const again = (await stands(base))[String(gone.email)]!;
	expect(again).toMatchObject({ uac: 512 });
	expect(again.dn.endsWith(leavers)).toBe(false);
});

test('a preview writes nothing, and a list of nearly nobody is held', async () => {
	const { base, more } = await place();
	const rows = people(12);
	const preview = await sync(base, rows, { ...more, mode: 'preview' });
	expect(preview.users).toHaveLength(12);
	expect(preview.users[0]).toMatchObject({ action: 'would create', status: 'planned' });
	expect(await stands(base)).toEqual({});
	await sync(base, rows, more);
	const held = await sync(base, rows.slice(0, 2), { ...more, guards: {} });
	expect(held.summary).toMatchObject({ disabled: 0 });
	expect(held.users.every(({ status }) => status === 'held')).toBe(true);
	expect(Object.values(await stands(base)).every(({ uac }) => uac === 512)).toBe(true);
});

test('a base or a unit with a typo stops it before anything is done', async () => {
	const { base, more } = await place();
	const rows = people(2);
	await expect(sync(base.replace('OU=', 'OU=x'), rows, more)).rejects.toThrow(/'Base' is OU=xSuite/);
	const options = { ...(more.options as object), newUnit: `OU=Nowhere,${base}` };
	await expect(sync(base, rows, { ...more, options })).rejects.toThrow(/'Unit for New Users' is OU=Nowhere/);
	const departments = { department: [{ name: 'Sales', unit: '', groups: 'no-such-group' }] };
	await expect(sync(base, rows, { ...more, departments })).rejects.toThrow(/no group “no-such-group”/);
	expect(await stands(base)).toEqual({});
});

test('accounts without a number, and those of the domain itself, are nobody’s leavers', async () => {
	const { base, more } = await place();
	const rows = people(1);
	const service = await addPerson(admin, base, `svc-${process.pid}-${family}`);
	const boss = await addPerson(admin, base, `adm-${process.pid}-${family}`, { employeeID: ['boss'] });
	await setOn(admin, boss, { adminCount: ['1'] });
	await sync(base, rows, { ...more, leavers: 'delete' });
	const there = Object.values(await stands(base)).map(({ dn }) => dn);
	expect(there).toEqual(expect.arrayContaining([service, boss]));
});

test('an account made by hand is found by its address and takes over the number; a taken login says so', async () => {
	const { base, more } = await place();
	const [row] = people(1) as [IDataObject];
	const login = `hand-${process.pid}-${family}`;
	const dn = await addPerson(admin, base, login, {
		mail: [String(row.email)],
		displayName: [String(row.name)],
	});
	const { problems } = await sync(base, [row], more);
	expect(problems).toEqual([]);
	expect((await stands(base))[String(row.email)]!.entry).toMatchObject({ employeeID: row.no });
	expect(dn).toContain(String(row.name));

	const elsewhere = await ownUnit(admin);
	const other = people(1)[0]!;
	await addPerson(admin, elsewhere, String(other.email).split('@')[0]!.slice(0, 20), {
		mail: ['x@corp.test'],
	});
	const taken = await sync(base, [row, other], more);
	expect(taken.problems).toMatchObject([
		{ message: expect.stringMatching(/already is an account with the login/) as string },
	]);
});

test('only where it can: Active Directory, over an encrypted connection', async () => {
	const { base, more } = await place();
	await expect(sync(base, people(1), more, ldapCredential())).rejects.toThrow(/Active Directory only/);
	await expect(sync(base, people(1), more, adCredential({ security: 'plain' }))).rejects.toThrow(
		/Accounts are not synced/,
	);
	expect(PASSWORD).not.toBe('');
});
