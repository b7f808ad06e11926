import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import {
	adCredential,
	BASE,
	connectedTo,
	LDAP_BASE,
	ldapCredential,
	runDirectory,
} from '../../support/directory';
import { addPerson, ownUnit } from '../../support/directory/people';
import { PEOPLE } from '../../support/directory/servers';

let admin: Directory;
let unit: string;
beforeAll(async () => {
	admin = new Directory(readSettings(adCredential()));
	unit = await ownUnit(admin);
});
afterAll(async () => await admin.close());

const run = async (operation: string, more: object, how: object = {}) =>
	await runDirectory({ resource: 'group', operation, ...more }, [{}], how);
const addGroup = async (name: string) => {
	const dn = `CN=${name},${unit}`;
	await admin.add(dn, { objectClass: ['group'], sAMAccountName: [name] });
	return dn;
};

test('Get Many tells what kind of group each is', async () => {
	const dn = await addGroup('g-kind');
	const { rows } = await run('getAll', { returnAll: true, filters: { base: unit } });
	expect(rows.find((row) => row.dn === dn)).toMatchObject({ groupScope: 'global', isSecurityGroup: true });
	const filters = { base: `ou=people,${LDAP_BASE}` };
	const ldap = await run('getAll', { returnAll: true, filters }, { credential: ldapCredential() });
	expect(ldap.rows).toMatchObject([{ dn: `cn=everyone,ou=people,${LDAP_BASE}`, cn: ['everyone'] }]);
});

test('Get Members gives all 5,000, beyond what one answer holds', async () => {
	const { rows } = await run('getMembers', {
		group: 'Everyone',
		returnAll: true,
		attributes: ['sAMAccountName'],
	});
	expect(new Set(rows.map(({ sAMAccountName }) => sAMAccountName)).size).toBe(PEOPLE / 2);
});

test('members are put in and taken out, twice does no harm, and groups within groups are looked through', async () => {
	await addPerson(admin, unit, 'g-person', { displayName: ['Smith, Ann "G"'] });
	await addGroup('g-inner');
	const outer = await addGroup('g-outer');
	expect((await run('addMember', { group: 'g-inner', user: 'g-person' })).rows).toMatchObject([
		{ member: expect.stringMatching(/^CN=Smith.*Ann/) as string, isMember: true, changed: true },
	]);
	expect((await run('addMember', { group: 'g-inner', user: 'g-person' })).rows).toMatchObject([
		{ changed: false },
	]);
	const { change } = await import('../../../nodes/ActiveDirectory/wire/changes');
	await admin.modify(outer, [change('add', 'member', [`CN=g-inner,${unit}`])]);
	const nested = await run('getMembers', { group: 'g-outer', nested: true, returnAll: true });
	expect(nested.rows.map(({ sAMAccountName }) => sAMAccountName)).toEqual(['g-person']);
	const flat = await run('getMembers', { group: 'g-outer', returnAll: true });
	expect(flat.rows.map(({ dn }) => dn)).toEqual([`CN=g-inner,${unit}`]);
	expect((await run('removeMember', { group: 'g-inner', user: 'g-person' })).rows).toMatchObject([
		{ isMember: false, changed: true },
	]);
	expect((await run('removeMember', { group: 'g-inner', user: 'g-person' })).rows).toMatchObject([
		{ changed: false },
	]);
	expect((await run('addMember', { group: 'g-nobody', user: 'g-person' })).failures[0]!.error).toBe(
		`There is no group “g-nobody” below ${BASE}`,
	);
});

test('a groupOfUniqueNames of an OpenLDAP gets and loses members, and cannot be emptied', async () => {
	const credential = ldapCredential();
	const openLdap = connectedTo(credential);
	const person = (login: string) => `uid=${login},ou=people,${LDAP_BASE}`;
	const dn = `cn=unique,${LDAP_BASE}`;
	await openLdap.add(dn, { objectClass: ['groupOfUniqueNames'], uniqueMember: [person('p00001')] });
	const inside = async () => (await openLdap.read(dn, ['uniqueMember']))?.uniqueMember;
	const put = async (operation: string, user: string) =>
		await run(operation, { group: 'unique', user }, { credential });
	try {
		const member = person('p00002');
		for (const changed of [true, false])
			expect((await put('addMember', 'p00002')).rows).toEqual([
				{ group: dn, member, isMember: true, changed },
			]);
		expect(await inside()).toEqual([person('p00001'), member]);
		const { rows } = await run('getMembers', { group: 'unique', returnAll: true }, { credential });
		expect(rows.map((row) => row.dn)).toEqual([person('p00001'), member]);
		for (const changed of [true, false])
			expect((await put('removeMember', 'p00001')).rows).toEqual([
				{ group: dn, member: person('p00001'), isMember: false, changed },
			]);
		expect((await put('removeMember', 'p00002')).failures).toMatchObject([
			{ error: expect.stringMatching(/^Nobody else is in the group/) as string },
		]);
		expect(await inside()).toBe(member);
	} finally {
		await openLdap.delete(dn);
	}
});
