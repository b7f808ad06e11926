import type { IDataObject } from 'n8n-workflow';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { adCredential, LDAP_BASE, ldapCredential, runDirectory } from '../../support/directory';
import { addPerson, ownUnit } from '../../support/directory/people';
import { LDAP_PEOPLE } from '../../support/directory/servers';

let admin: Directory;
let base: string;
beforeAll(async () => {
	admin = new Directory(readSettings(adCredential()));
	base = await ownUnit(admin);
});
afterAll(async () => await admin.close());

const run = async (resource: string, operation: string, more: object, credential = adCredential()) =>
	await runDirectory({ resource, operation, ...more }, [{}], { credential });
const entry = async (operation: string, more: object, credential = adCredential()) =>
	await run('entry', operation, more, credential);
const attributes = (...pairs: Array<[string, unknown]>) => ({
	more: { attribute: pairs.map(([attribute, value]) => ({ attribute, value })) },
});

describe('Entry', () => {
	test('made, read, changed, compared, renamed, moved and deleted', async () => {
		const dn = `CN=Printer\\, 3rd floor,${base}`;
		const made = await entry('create', {
			dn,
			objectClasses: 'contact',
			...attributes(['mail', 'printer@corp.test'], ['description', 'by the window']),
		});
		expect(made.failures).toEqual([]);
		const id = made.rows[0]!.objectGUID;
		expect(id).toMatch(/^[\da-f-]{36}$/);
		expect((await entry('get', { entry: id })).rows).toMatchObject([
			{ mail: 'printer@corp.test', objectClass: expect.arrayContaining(['contact']) as string[] },
		]);
		const changes = {
			change: [
				{ attribute: 'mail', way: 'replace', value: 'p3@corp.test' },
				{ attribute: 'description', way: 'clear' },
			],
		};
		expect((await entry('update', { entry: id, changes })).rows).toMatchObject([
			{ mail: 'p3@corp.test', description: [] },
		]);
		const compare = async (attribute: string, value: unknown) =>
			(await entry('compare', { entry: id, attribute, value })).rows[0]!.matches;
		expect(await compare('mail', 'P3@corp.test')).toBe(true);
		expect(await compare('mail', 'other@corp.test')).toBe(false);
		expect(await compare('objectGUID', id)).toBe(true);
		const there = `CN=Plotter,${base}`;
		expect((await entry('move', { entry: id, newName: 'Plotter' })).rows).toEqual([
			{ dn: there, before: expect.stringContaining('Printer') as string },
		]);
		expect((await entry('delete', { entry: there })).rows).toEqual([{ dn: there, deleted: true }]);
		expect((await entry('get', { entry: there })).failures[0]!.error).toMatch(/There is no entry/);
	});

	test('computers and units are found by kind, and a value that looks like a filter finds nothing', async () => {
		const pc = `CN=PC-${process.pid},${base}`;
		await admin.add(pc, { objectClass: ['computer'], sAMAccountName: [`PC-${process.pid}$`] });
		const list = async (kind: string, more: object = {}) =>
			(await entry('getAll', { kind, returnAll: true, filters: { base }, ...more })).rows.map(({ dn }) => dn);
		expect(await list('computer')).toEqual([pc]);
		expect(await list('unit')).toEqual([base]);
		const condition = [{ attribute: 'cn', operator: 'equals', value: '*)(objectClass=*' }];
		expect(await list('any', { conditions: { condition } })).toEqual([]);
		expect((await entry('get', { entry: `PC-${process.pid}` })).rows).toMatchObject([{ dn: pc }]);
	});

	test('what has something below it stays, unless all of it is to go', async () => {
		const unit = `OU=Full,${base}`;
		expect((await entry('create', { dn: unit, objectClasses: 'organizationalUnit' })).failures).toEqual([]);
		await addPerson(admin, unit, `e-in-${process.pid}`);
		expect((await entry('delete', { entry: unit })).failures).toMatchObject([{ details: { code: '66' } }]);
		expect((await entry('delete', { entry: unit, isTree: true })).rows).toMatchObject([{ deleted: true }]);
		expect(await admin.read(unit, ['cn'])).toBeUndefined();
	});

	test('an OpenLDAP has them too', async () => {
		const dn = `ou=entries,${LDAP_BASE}`;
		const made = await entry('create', { dn, objectClasses: 'organizationalUnit' }, ldapCredential());
		expect(made.rows).toMatchObject([{ dn, entryUUID: expect.stringMatching(/^[\da-f-]{36}$/) as string }]);
		expect(
			(await entry('compare', { entry: dn, attribute: 'ou', value: 'entries' }, ldapCredential())).rows,
		).toMatchObject([{ matches: true }]);
		expect((await entry('delete', { entry: dn }, ldapCredential())).rows).toMatchObject([{ deleted: true }]);
	});
});

describe('Group', () => {
	const group = async (operation: string, more: object, credential = adCredential()) =>
		await run('group', operation, more, credential);

	test('made with its scope and first member, and deleted', async () => {
		const login = `e-first-${process.pid}`;
		const first = await addPerson(admin, base, login);
		const options = { scope: 'universal', isDistribution: true, member: login };
		const name = `e-group-${process.pid}`;
		const made = await group('create', { name, unit: base, options, ...attributes(['description', 'x']) });
		expect(made.failures).toEqual([]);
		const { rows } = await group('getAll', { returnAll: true, filters: { base } });
		expect(rows).toMatchObject([
			{ sAMAccountName: name, groupScope: 'universal', isSecurityGroup: false, description: ['x'] },
		]);
		const members = await group('getMembers', { group: name, returnAll: true });
		expect(members.rows).toMatchObject([{ dn: first }]);
		expect((await group('create', { name, unit: base })).failures).toMatchObject([
			{ details: { code: '68' } },
		]);
		expect((await group('delete', { group: name })).rows).toMatchObject([{ deleted: true }]);
	});

	test('groups of an OpenLDAP: members by DN and by login, and never empty', async () => {
		const ldap = ldapCredential();
		const all = await group('getMembers', { group: 'everyone', returnAll: true }, ldap);
		expect(new Set(all.rows.map(({ uid }) => String(uid))).size).toBe(LDAP_PEOPLE / 2);
		expect((await group('getMembers', { group: 'everyone', limit: 3 }, ldap)).rows).toHaveLength(3);

		// Elsewhere the groups of this directory are counted: these stand apart.
		const unit = `ou=groups of entries,${LDAP_BASE}`;
		await entry('create', { dn: unit, objectClasses: 'organizationalUnit' }, ldap);
		expect((await group('create', { name: 'e-empty', unit }, ldap)).failures).toMatchObject([
			{ details: { field: 'First Member', outcome: 'notSent' } },
		]);
		await group('create', { name: 'e-names', unit, options: { member: 'p00001' } }, ldap);
		await group('addMember', { group: 'e-names', user: 'p00002' }, ldap);
		const uids = async (name: string) =>
			(await group('getMembers', { group: name, returnAll: true, attributes: ['uid'] }, ldap)).rows.map(
				({ uid, member }) => String(uid ?? member),
			);
		expect((await uids('e-names')).sort()).toEqual(['p00001', 'p00002']);
		await group('removeMember', { group: 'e-names', user: 'p00001' }, ldap);
		expect((await group('removeMember', { group: 'e-names', user: 'p00002' }, ldap)).failures[0]!.error).toBe(
			'Nobody else is in the group, and a group of this kind cannot be empty',
		);

		const posix: IDataObject = { dn: `cn=e-posix,${unit}`, objectClasses: 'posixGroup' };
		const made = await entry('create', { ...posix, ...attributes(['gidNumber', '70001']) }, ldap);
		expect(made.failures).toEqual([]);
		expect((await group('addMember', { group: 'e-posix', user: 'p00003' }, ldap)).rows).toMatchObject([
			{ member: 'p00003', changed: true },
		]);
		expect((await group('addMember', { group: 'e-posix', user: 'p00003' }, ldap)).rows).toMatchObject([
			{ changed: false },
		]);
		expect(await uids('e-posix')).toEqual(['p00003']);
		expect((await group('getMembers', { group: 'e-posix', nested: true }, ldap)).failures).toHaveLength(1);
	});
});
