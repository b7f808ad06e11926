import type { IDataObject } from 'n8n-workflow';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { adCredential, BASE, LDAP_BASE, ldapCredential, runDirectory } from '../../support/directory';
import { addPerson, ownUnit, PASSWORD, setOn } from '../../support/directory/people';
import { PEOPLE } from '../../support/directory/servers';

let admin: Directory;
let ldap: Directory;
beforeAll(() => {
	admin = new Directory(readSettings(adCredential()));
	ldap = new Directory(readSettings(ldapCredential()));
});
afterAll(async () => await Promise.all([admin.close(), ldap.close()]));

interface Since {
	changes: IDataObject[];
	end: IDataObject;
	cursor: string;
}

async function since(
	cursor: string,
	options: IDataObject,
	more: IDataObject = {},
	credential = adCredential(),
): Promise<Since> {
	const parameters = { resource: 'directory', operation: 'changesSince', cursor, options, ...more };
	const { rows, failures } = await runDirectory(parameters as never, [{}], { credential });
	if (failures.length > 0) throw new Error(String(failures[0]!.error));
	const end = rows.at(-1)!;
	return { changes: rows.slice(0, -1), end, cursor: String(end.cursor) };
}
const told = ({ changes }: Since) => changes.map(({ change, dn, id }) => [change, dn ?? id]);

test('from the first look to deletion: each change once, the next look goes on after it', async () => {
	const base = await ownUnit(admin);
	const anna = await addPerson(admin, base, 'c-anna');
	const first = await since('', { base });
	expect(told(first)).toEqual([['present', anna]]);
	expect(first.end).toMatchObject({ change: 'end', changes: 1, isComplete: true, seesDeleted: true });

	const bert = await addPerson(admin, base, 'c-bert');
	await setOn(admin, anna, { title: ['Manager'] });
	const second = await since(first.cursor, { base });
	expect(told(second).sort()).toEqual([
		['changed', anna],
		['created', bert],
	]);
	expect(second.changes.find(({ dn }) => dn === anna)).toMatchObject({
		title: 'Manager',
		sAMAccountName: 'c-anna',
	});
	expect(second.end).toMatchObject({ isComplete: false, why: null });

	const { id } = second.changes.find(({ dn }) => dn === bert)!;
	await admin.delete(bert);
	const third = await since(second.cursor, { base });
	expect(third.changes).toMatchObject([{ change: 'deleted', id, name: 'c-bert', sAMAccountName: 'c-bert' }]);
	expect(told(await since(third.cursor, { base }))).toEqual([]);
});

test('what left the base is found by comparing, and what was deleted elsewhere is none of its business', async () => {
	const [base, other] = [await ownUnit(admin), await ownUnit(admin)];
	const mover = await addPerson(admin, base, 'c-mover');
	const stranger = await addPerson(admin, other, 'c-stranger');
	const first = await since('', { base, compares: true });
	await admin.rename(mover, `CN=c-mover,${other}`);
	await admin.delete(stranger);
	const second = await since(first.cursor, { base, compares: true });
	expect(second.changes).toEqual([{ change: 'gone', id: first.changes[0]!.id }]);
	const blind = await since(first.cursor, { base });
	expect(blind.changes).toEqual([]);
});

test('a cursor of another server, or of another question, gives all and says why', async () => {
	const base = await ownUnit(admin);
	const dn = await addPerson(admin, base, 'c-other');
	const { cursor } = await since('', { base });
	const foreign = { ...(JSON.parse(cursor) as object), source: '00000000-0000-0000-0000-000000000001' };
	const ahead = { ...(JSON.parse(cursor) as object), usn: '9000000000000' };
	for (const [text, options, why] of [
		[JSON.stringify(foreign), { base }, /Another server/],
		[JSON.stringify(ahead), { base }, /restored/],
		[cursor, { base, filter: '(sAMAccountName=c-*)' }, /another base, filter/],
	] as const) {
		const again = await since(text, options);
		expect(told(again)).toEqual([['present', dn]]);
		expect(again.end).toMatchObject({ isComplete: true, why: expect.stringMatching(why) as string });
	}
	await expect(since('nonsense', { base })).rejects.toThrow("'Cursor' is not a cursor");
	await expect(since('', { base: `OU=Staf,${BASE}` })).rejects.toThrow('no such entry');
});

test('when nothing at all is found any more, that is an error and not everybody gone', async () => {
	const [base, other] = [await ownUnit(admin), await ownUnit(admin)];
	const all = await Promise.all(
		Array.from({ length: 11 }, async (_, i) => await addPerson(admin, base, `c-all${i}`)),
	);
	const { cursor } = await since('', { base, compares: true });
	for (const dn of all) await admin.rename(dn, dn.replace(base, other));
	await expect(since(cursor, { base, compares: true })).rejects.toThrow(
		'None of the 11 entries of the last look is found any more',
	);
});

test('10,000 people have a cursor of a few letters', async () => {
	const { changes, cursor } = await since('', { base: `OU=Staff,${BASE}` }, { attributes: ['cn'] });
	expect(changes).toHaveLength(PEOPLE);
	expect(cursor.length).toBeLessThan(200);
});

test('groups and units are looked for by themselves', async () => {
	const base = await ownUnit(admin);
	const { cursor } = await since('', { base }, { watched: 'group' });
	const group = `CN=c-group,${base}`;
	await admin.add(group, { objectClass: ['group'], sAMAccountName: ['c-group'] });
	await addPerson(admin, base, 'c-nogroup');
	expect(told(await since(cursor, { base }, { watched: 'group' }))).toEqual([['created', group]]);
	expect(told(await since('', { base }, { watched: 'unit' }))).toEqual([['present', base]]);
});

test('an OpenLDAP: by time, each change once, what is gone by comparing', async () => {
	const base = `ou=changes,${LDAP_BASE}`;
	const person = async (uid: string) => {
		const dn = `uid=${uid},${base}`;
		await ldap.add(dn, { objectClass: ['inetOrgPerson'], uid: [uid], cn: [uid], sn: [uid] });
		return dn;
	};
	await ldap.add(base, { objectClass: ['organizationalUnit'] });
	const look = async (cursor: string) => await since(cursor, { base, compares: true }, {}, ldapCredential());
	const anna = await person('anna');
	const first = await look('');
	expect(told(first)).toEqual([['present', anna]]);
	expect(told(await look(first.cursor))).toEqual([]);
	const bert = await person('bert');
	await setOn(ldap, anna, { title: ['Manager'] });
	const second = await look(first.cursor);
	expect(second.changes.map(({ dn }) => dn).sort()).toEqual([anna, bert]);
	const { id } = second.changes.find(({ dn }) => dn === bert)!;
	await ldap.delete(bert);
	const third = await look(second.cursor);
	expect(third.changes).toEqual([{ change: 'gone', id }]);
	expect(third.end.seesDeleted).toBe(false);
	expect(told(await look(third.cursor))).toEqual([]);
});

test('an ordinary account reads changes too', async () => {
	const base = await ownUnit(admin);
	await addPerson(admin, base, 'c-plain');
	const credential = adCredential({ account: 'c-plain@corp.test', password: PASSWORD });
	const first = await since('', { base }, {}, credential);
	const dn = await addPerson(admin, base, 'c-new');
	expect(told(await since(first.cursor, { base }, {}, credential))).toEqual([['created', dn]]);
});
