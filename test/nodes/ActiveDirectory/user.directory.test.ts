import { NODE } from '../../support/runNode';
import type { Directory } from '../../../nodes/ActiveDirectory/connection';
import { Directory as Connection } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import {
	adCredential,
	BASE,
	connectedTo,
	LDAP_BASE,
	ldapCredential,
	runDirectory,
} from '../../support/directory';
import { addPerson, ownUnit, PASSWORD, setOn } from '../../support/directory/people';
import { PEOPLE } from '../../support/directory/servers';

const PHOTO = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

let admin: Directory;
let unit: string;

beforeAll(async () => {
	admin = new Connection(readSettings(adCredential()));
	unit = await ownUnit(admin);
});
afterAll(async () => await admin.close());

const user = (operation: string, more: object) => ({ resource: 'user', operation, ...more });
const condition = (attribute: string, operator: string, value = '') => ({
	conditions: { condition: [{ attribute, operator, value }] },
});
const logins = (rows: Array<Record<string, unknown>>) =>
	rows.map(({ sAMAccountName }) => sAMAccountName).sort();

describe('Get Many', () => {
	test('gives everybody, with what is used most', async () => {
		const { rows } = await runDirectory(
			user('getAll', { returnAll: true, filters: { base: `OU=Staff,${BASE}` } }),
		);
		expect(rows).toHaveLength(PEOPLE);
		expect(rows.find(({ sAMAccountName }) => sAMAccountName === 'p00007')).toMatchObject({
			dn: `CN=Smith\\, Ann 00007,OU=Staff,${BASE}`,
			displayName: 'Smith, Ann 00007',
			mail: 'p00007@corp.test',
			department: 'Department 7',
			manager: null,
			enabled: false,
		});
	});

	test('stops at the limit', async () => {
		const { rows } = await runDirectory(user('getAll', { limit: 3 }), [{}, {}]);
		expect(rows).toHaveLength(6);
	});

	test.each([
		['equals', 'mail', 'P00042@corp.test', ['p00042']],
		['startsWith', 'sAMAccountName', 'p0004', 10],
		['contains', 'displayName', '李伟 0010', 2],
		['endsWith', 'telephoneNumber', '00000321', ['p00321']],
		['atMost', 'employeeNumber', '100001', ['p00000', 'p00001']],
	])('finds by “%s” on %s', async (operator, attribute, value, expected) => {
		const { rows } = await runDirectory(
			user('getAll', { returnAll: true, ...condition(attribute, operator, value) }),
		);
		if (typeof expected === 'number') expect(rows).toHaveLength(expected);
		else expect(logins(rows)).toEqual(expected);
	});

	test('what rows show can be searched by: GUID, SID, time, bits', async () => {
		const dn = await addPerson(admin, unit, 'shown');
		const { rows } = await runDirectory(user('get', { user: 'shown' }));
		const [row] = rows;
		for (const [attribute, operator] of [
			['objectGUID', 'equals'],
			['objectSid', 'equals'],
		] as const) {
			const found = await runDirectory(
				user('getAll', condition(attribute, operator, String(row![attribute]))),
			);
			expect([attribute, found.rows.map((one) => one.dn)]).toEqual([attribute, [dn]]);
		}
		const since = await runDirectory(
			user('getAll', { filters: { base: unit }, ...condition('pwdLastSet', 'atLeast', '2020-01-01') }),
		);
		expect(since.rows.map((one) => one.dn)).toContain(dn);
		const disabled = await runDirectory(
			user('getAll', { filters: { base: unit }, ...condition('userAccountControl', 'hasBits', '2') }),
		);
		expect(disabled.rows).toEqual([]);
	});

	test('a value that looks like a filter finds nobody, an empty one is an error', async () => {
		const injected = await runDirectory(
			user('getAll', { returnAll: true, ...condition('sAMAccountName', 'equals', '*)(|(objectClass=*') }),
		);
		expect(injected.rows).toEqual([]);
		const empty = await runDirectory(user('getAll', condition('mail', 'equals', '={{ $json.nothing }}')), [
			{ some: 1 },
		]);
		expect(empty.rows).toEqual([]);
		expect(empty.failures[0]).toMatchObject({ details: { field: 'Value', outcome: 'notSent' } });
	});

	test('a base with a typo is an error, and not an empty list', async () => {
		const { rows, failures } = await runDirectory(
			user('getAll', { returnAll: true, filters: { base: `OU=Staf,${BASE}` } }),
		);
		expect(rows).toEqual([]);
		expect(failures).toMatchObject([
			{ error: expect.stringMatching(/no such entry/) as string, details: { code: '32', item: 0 } },
		]);
	});

	test('a broken filter is told with the place of the fault', async () => {
		const { failures } = await runDirectory(user('getAll', { filters: { filter: '(&(mail=a)(cn=b)' } }));
		expect(failures[0]!.error).toMatch(/at character 17, a \) is expected/);
	});

	test('enabled and disabled people are told apart', async () => {
		const own = await ownUnit(admin);
		await addPerson(admin, own, 'is-on');
		await addPerson(admin, own, 'is-off', { userAccountControl: ['514'] });
		for (const [status, expected] of [
			['enabled', ['is-on']],
			['disabled', ['is-off']],
		] as const) {
			const { rows } = await runDirectory(user('getAll', { filters: { base: own, status } }));
			expect(logins(rows)).toEqual(expected);
		}
	});

	test('an OpenLDAP has people too, with its own names for things', async () => {
		const { rows } = await runDirectory(
			user('getAll', { returnAll: true, filters: { search: 'p0012' } }),
			[{}],
			{ credential: ldapCredential() },
		);
		expect(rows).toHaveLength(10);
		expect(rows[0]).toMatchObject({
			entryUUID: expect.stringMatching(/^[\da-f-]{36}$/) as string,
			sn: [expect.stringMatching(/^N/)],
			mail: [expect.stringMatching(/@corp.test$/)],
			manager: [],
		});
	});
});

describe('Get', () => {
	test.each([
		['login', 'find-me'],
		['domain and login', 'CORP\\find-me'],
		['mail address', 'find-me@corp.test'],
	])('finds by %s', async (_, text) => {
		await addPerson(admin, unit, 'find-me', {
			thumbnailPhoto: [PHOTO],
			displayName: ['Find, "Me" <now>'],
		}).catch(() => undefined);
		const run = await runDirectory(user('get', { user: text }));
		expect(run.rows).toMatchObject([
			{ sAMAccountName: 'find-me', displayName: 'Find, "Me" <now>', locked: false, enabled: true },
		]);
		const binary = run.items(NODE)[0]!.binary!.thumbnailPhoto!;
		expect(binary).toMatchObject({ mimeType: 'image/jpeg', fileName: 'thumbnailPhoto.jpg' });
		const again = await runDirectory(user('get', { user: String(run.rows[0]!.dn) }));
		expect(again.rows[0]!.objectGUID).toBe(run.rows[0]!.objectGUID);
	});

	test('nobody, and more than one, are errors that say so', async () => {
		await addPerson(admin, unit, 'twin1', { mail: ['twins@corp.test'] });
		await addPerson(admin, unit, 'twin2', { mail: ['twins@corp.test'] });
		const { failures } = await runDirectory(user('get', { user: '={{ $json.who }}' }), [
			{ who: 'nobody-at-all' },
			{ who: 'twins@corp.test' },
		]);
		expect(failures.map(({ error }) => error)).toEqual([
			`There is no user “nobody-at-all” below ${BASE}`,
			expect.stringMatching(/^More than one user is called “twins@corp.test”: CN=twin/),
		]);
	});
});

describe('Verify Password', () => {
	const verify = async (name: string, password: string, more: object = {}, how: object = {}) => {
		const { rows, failures } = await runDirectory(
			user('verifyPassword', { user: name, password, options: { details: true, ...more } }),
			[{}],
			how,
		);
		return rows[0] ?? failures[0]!;
	};
	const yesterday = String(BigInt(Date.now() - 86_400_000) * 10_000n + 116_444_736_000_000_000n);

	test('right, by each of the names', async () => {
		const dn = await addPerson(admin, unit, 'v-right');
		for (const name of ['v-right', 'v-right@corp.test', 'CORP\\v-right'])
			expect(await verify(name, PASSWORD)).toMatchObject({
				valid: true,
				reason: 'ok',
				user: { dn, sAMAccountName: 'v-right', mail: 'v-right@corp.test' },
			});
		expect(Object.keys((await verify('v-right', PASSWORD)).user as object)).not.toContain(
			'msDS-User-Account-Control-Computed',
		);
	});

	test('wrong, missing and locked read the same; an administrator is told which', async () => {
		const dn = await addPerson(admin, unit, 'v-wrong');
		const wrong = await verify('v-wrong', 'Wrong-Passw0rd');
		const missing = await verify('v-nobody', PASSWORD);
		const safe = ({ details: _, ...rest }: Record<string, unknown>) => rest;
		expect(safe(missing)).toEqual(safe(wrong));
		expect(wrong).toMatchObject({ valid: false, reason: 'wrong', details: { reason: 'wrong', code: '52e' } });
		expect(missing.details).toMatchObject({ message: expect.stringMatching(/no such user/) as string });
		expect(dn).toContain('v-wrong');
	});

	test('an empty password is refused, although the directory would let it pass', async () => {
		await addPerson(admin, unit, 'v-empty');
		expect(await verify('v-empty', '')).toMatchObject({ valid: false, reason: 'empty' });
	});

	test('disabled, expired and to be changed are told to who knows the password', async () => {
		await addPerson(admin, unit, 'v-disabled', { userAccountControl: ['514'] });
		await addPerson(admin, unit, 'v-expired', { accountExpires: [yesterday] });
		const change = await addPerson(admin, unit, 'v-change');
		await setOn(admin, change, { pwdLastSet: ['0'] });
		expect(await verify('v-disabled', PASSWORD)).toMatchObject({ valid: false, reason: 'disabled' });
		expect(await verify('v-expired', PASSWORD)).toMatchObject({ valid: false, reason: 'accountExpired' });
		expect(await verify('v-change', PASSWORD)).toMatchObject({ valid: false, reason: 'mustChange' });
		expect(await verify('v-disabled', 'Wrong-Passw0rd')).toMatchObject({ reason: 'wrong' });
	});

	test('what looks like a filter finds nobody', async () => {
		expect(await verify('*', PASSWORD)).toMatchObject({ valid: false, reason: 'wrong' });
		expect(await verify('v-right)(objectClass=*', PASSWORD)).toMatchObject({ valid: false, reason: 'wrong' });
	});

	test('not over a connection that others can read', async () => {
		const { failures } = await runDirectory(
			user('verifyPassword', { user: 'v-right', password: PASSWORD }),
			[{}],
			{ credential: adCredential({ security: 'plain' }) },
		);
		expect(failures[0]).toMatchObject({ details: { field: 'Encryption', outcome: 'notSent' } });
	});

	test('an OpenLDAP: right, wrong', async () => {
		const ldap = connectedTo(ldapCredential());
		await setOn(ldap, `uid=p00009,ou=people,${LDAP_BASE}`, { userPassword: [PASSWORD] });
		const credential = ldapCredential();
		expect(await verify('p00009@corp.test', PASSWORD, {}, { credential })).toMatchObject({ valid: true });
		expect(await verify('p00009', 'Wrong-Passw0rd', {}, { credential })).toMatchObject({
			valid: false,
			reason: 'wrong',
		});
	});
});
