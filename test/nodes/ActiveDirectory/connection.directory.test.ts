import { all, any, equal, present } from '../../../nodes/ActiveDirectory/filter/filter';
import { parseFilter } from '../../../nodes/ActiveDirectory/filter/parse';
import type { Entry } from '../../../nodes/ActiveDirectory/values/decode';
import { Decoder } from '../../../nodes/ActiveDirectory/values/decode';
import type { LookupFunction } from 'node:net';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { adCredential, BASE, connectedTo, LDAP_BASE, ldapCredential } from '../../support/directory';
import { directoryServers, LDAP_PEOPLE, PEOPLE } from '../../support/directory/servers';

const STAFF = `OU=Staff,${BASE}`;

async function read(rows: AsyncIterable<Entry>): Promise<Entry[]> {
	const all: Entry[] = [];
	for await (const row of rows) all.push(row);
	return all;
}

const people = (directory: Directory, more: object = {}) =>
	directory.search({
		base: STAFF,
		scope: 'sub',
		filter: equal('objectClass', 'user'),
		attributes: ['sAMAccountName', 'objectGUID'],
		...more,
	});

test('a domain controller is told from an OpenLDAP, and names its base', async () => {
	const [ad, ldap] = [connectedTo(adCredential()), connectedTo(ldapCredential())];
	expect(await ad.info()).toMatchObject({ kind: 'activeDirectory', baseDn: BASE });
	expect(await ldap.info()).toMatchObject({ kind: 'openLdap', baseDn: LDAP_BASE });
	expect(await ad.base()).toBe(BASE);
});

test('10,000 people come in ten pages, everyone once', async () => {
	const directory = connectedTo(adCredential());
	const rows = await read(people(directory));
	expect(new Set(rows.map(({ sAMAccountName }) => sAMAccountName)).size).toBe(PEOPLE);
	expect(rows).toHaveLength(PEOPLE);
	expect(rows[0]!.objectGUID).toBeInstanceOf(Buffer);
});

test('a limit ends the search, and its connection serves the next one', async () => {
	const directory = connectedTo(adCredential());
	for (let i = 0; i < 3; i++) expect(await read(people(directory, { limit: 7 }))).toHaveLength(7);
	expect(await read(people(directory, { limit: 1_500 }))).toHaveLength(1_500);
});

test('where a server gives only so many, that is an error and no short list', async () => {
	const anybody = ldapCredential({ account: `uid=p00001,ou=people,${LDAP_BASE}`, password: 'Secret-123' });
	const admin = connectedTo(ldapCredential());
	const { change } = await import('../../../nodes/ActiveDirectory/wire/changes');
	await admin.modify(`uid=p00001,ou=people,${LDAP_BASE}`, [
		change('replace', 'userPassword', ['Secret-123']),
	]);
	const query = {
		base: LDAP_BASE,
		scope: 'sub' as const,
		filter: present('uid'),
		attributes: ['uid'],
	};
	// Other suites add people of their own.
	const first = (await read(admin.search(query))).filter(({ dn }) => /^uid=p\d{5},/.test(String(dn)));
	expect(first).toHaveLength(LDAP_PEOPLE);
	await expect(read(connectedTo(anybody).search(query))).rejects.toMatchObject({
		facts: { code: '4', message: expect.stringMatching(/more than it allows/) as string },
	});
});

test('a group of 5,000 is read in ranges, and is complete in an ordinary read too', async () => {
	const directory = connectedTo(adCredential());
	const sizes: number[] = [];
	const members: unknown[] = [];
	for await (const some of directory.values(`CN=Everyone,${STAFF}`, 'member')) {
		sizes.push(some.length);
		members.push(...some);
	}
	expect(sizes).toEqual([1_500, 1_500, 1_500, 500]);
	expect(new Set(members).size).toBe(PEOPLE / 2);
	const whole = await directory.read(`CN=Everyone,${STAFF}`, ['cn', 'member;range=0-99']);
	expect(whole?.member).toHaveLength(PEOPLE / 2);
});

test('rows have GUID and SID as text, times in ISO form, lists always as lists', async () => {
	const directory = connectedTo(adCredential());
	const attributes = [
		...['objectGUID', 'objectSid', 'whenCreated', 'pwdLastSet', 'accountExpires', 'userAccountControl'],
		...['objectClass', 'memberOf', 'mail', 'description', 'department', 'manager'],
	];
	const decoder = new Decoder(await directory.schema(), attributes);
	const [entry] = await directory.find({
		base: BASE,
		scope: 'sub',
		filter: equal('sAMAccountName', 'p00001'),
		attributes,
	});
	expect(decoder.row(entry!)).toEqual({
		dn: `CN=Person 00001,${STAFF}`,
		objectGUID: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string,
		objectSid: expect.stringMatching(/^S-1-5-21-\d+-\d+-\d+-\d+$/) as string,
		whenCreated: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/) as string,
		pwdLastSet: null,
		accountExpires: null,
		userAccountControl: 546,
		userAccountControlFlags: ['ACCOUNTDISABLE', 'PASSWD_NOTREQD', 'NORMAL_ACCOUNT'],
		enabled: false,
		objectClass: ['top', 'person', 'organizationalPerson', 'user'],
		memberOf: [`CN=Everyone,${STAFF}`],
		mail: 'p00001@corp.test',
		description: [],
		department: 'Department 1',
		manager: null,
	});
});

test('what somebody types can never become a part of the filter', async () => {
	const directory = connectedTo(adCredential());
	const rows = await read(
		people(directory, {
			filter: all(equal('objectClass', 'user'), equal('sAMAccountName', '*)(objectClass=*')),
		}),
	);
	expect(rows).toEqual([]);
});

test('Chinese names, commas and brackets are found as they are', async () => {
	const directory = connectedTo(adCredential());
	const filter = any(
		equal('cn', '李伟 00005'),
		parseFilter('(cn=Smith, Ann 00007)'),
		parseFilter('(&(objectClass=user) (cn=\\e6\\9d\\8e* 00010))'),
	);
	const rows = await read(people(directory, { filter, attributes: ['sAMAccountName'] }));
	expect(rows.map(({ sAMAccountName }) => sAMAccountName).sort()).toEqual(['p00005', 'p00007', 'p00010']);
});

test('a name that stands for several servers is one server for the whole run', async () => {
	const { activeDirectory, openLdap } = directoryServers();
	let lookUps = 0;
	const lookup: LookupFunction = (_, options, done) => {
		const address = lookUps++ === 0 ? activeDirectory.address : openLdap.address;
		if (options.all) done(null, [{ address, family: 4 }]);
		else done(null, address, 4);
	};
	const credential = adCredential({ servers: 'corp.test', trustAll: true });
	const directory = new Directory(readSettings(credential), { lookup });
	try {
		expect(await directory.isActiveDirectory()).toBe(true);
		const query = {
			base: `OU=Staff,${BASE}`,
			scope: 'sub' as const,
			filter: present('mail'),
			attributes: ['cn'],
		};
		let found = 0;
		for await (const _ of directory.search({ ...query, pageSize: 10, limit: 50 })) found++;
		expect([found, lookUps]).toEqual([50, 1]);
	} finally {
		await directory.close();
	}
});
