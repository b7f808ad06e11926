import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { adCredential, BASE, LDAP_BASE, ldapCredential, runDirectory } from '../../support/directory';
import { addPerson, ownUnit, PASSWORD, setOn } from '../../support/directory/people';

let admin: Directory;
let unit: string;

beforeAll(async () => {
	admin = new Directory(readSettings(adCredential()));
	unit = await ownUnit(admin);
});
afterAll(async () => await admin.close());

const run = async (operation: string, more: object, items: object[] = [{}], how: object = {}) =>
	await runDirectory({ resource: 'user', operation, ...more }, items as never, how);
const changes = (...rows: Array<[attribute: string, way: string, value?: unknown]>) => ({
	changes: { change: rows.map(([attribute, way, value]) => ({ attribute, way, value })) },
});
const isRight = async (login: string, password: string) =>
	(await admin.signIn(`${login}@corp.test`, password)) === undefined;

describe('Create', () => {
	test('somebody with a name that is hard to write, who can sign in at once', async () => {
		const { rows } = await run('create', {
			login: 'w-new',
			fullName: '李, "Wei" <1> #x+y\\z',
			unit,
			password: PASSWORD,
			options: { mustChange: false },
			more: {
				attribute: [
					{ attribute: 'mail', value: 'w-new@corp.test' },
					{ attribute: 'manager', value: 'p00001@corp.test' },
					{ attribute: 'department', value: '' },
				],
			},
		});
		expect(rows).toMatchObject([
			{
				sAMAccountName: 'w-new',
				displayName: '李, "Wei" <1> #x+y\\z',
				userPrincipalName: 'w-new@corp.test',
				manager: `CN=Person 00001,OU=Staff,${BASE}`,
				department: null,
				enabled: true,
			},
		]);
		expect(await isRight('w-new', PASSWORD)).toBe(true);
	});

	test('a password that breaks the rules leaves nothing behind', async () => {
		const { failures } = await run('create', { login: 'w-weak', fullName: 'Weak', unit, password: 'abc' });
		expect(failures[0]!.details).toMatchObject({
			outcome: 'refused',
			remedy: expect.stringMatching(/password/i),
		});
		const { failures: none } = await run('get', { user: 'w-weak' });
		expect(none[0]!.error).toMatch(/There is no user/);
	});

	test('without a password, disabled; one that is there is refused', async () => {
		const first = await run('create', { login: 'w-off', fullName: 'W Off', unit });
		expect(first.rows).toMatchObject([{ enabled: false }]);
		const again = await run('create', { login: 'w-off', fullName: 'W Off', unit });
		expect(again.failures).toMatchObject([{ details: { code: '68', outcome: 'refused' } }]);
	});

	test('in an OpenLDAP', async () => {
		const { rows } = await run(
			'create',
			{ login: 'w-plain', fullName: 'Ann Plain', unit: `ou=people,${LDAP_BASE}`, password: PASSWORD },
			[{}],
			{ credential: ldapCredential() },
		);
		expect(rows).toMatchObject([{ uid: ['w-plain'], cn: ['Ann Plain'], sn: ['Plain'] }]);
	});
});

test('Update sets, adds, removes and clears, in one step', async () => {
	await addPerson(admin, unit, 'w-update', {
		description: ['old'],
		otherTelephone: ['1', '2'],
		title: ['Boss'],
	});
	const { rows } = await run('update', {
		user: 'w-update',
		...changes(
			['department', 'replace', '研发部'],
			['otherTelephone', 'add', '3'],
			['otherTelephone', 'delete', '1'],
			['title', 'clear'],
			['accountExpires', 'replace', '2030-01-01T00:00:00Z'],
			['proxyAddresses', 'replace', '={{ ["SMTP:a@corp.test", "smtp:b@corp.test"] }}'],
		),
	});
	expect(rows).toMatchObject([{ department: '研发部', title: null }]);
	const { rows: whole } = await run('get', { user: 'w-update' });
	expect(whole[0]).toMatchObject({
		accountExpires: '2030-01-01T00:00:00.000Z',
		otherTelephone: expect.arrayContaining(['2', '3']),
		proxyAddresses: expect.arrayContaining(['SMTP:a@corp.test', 'smtp:b@corp.test']),
	});
	expect(whole[0]!.otherTelephone).toHaveLength(2);
});

test('Update with an expression that came to nothing changes nothing', async () => {
	await addPerson(admin, unit, 'w-nothing', { title: ['Boss'] });
	const { failures } = await run('update', {
		user: 'w-nothing',
		...changes(['title', 'replace', '={{ $json.missing }}']),
	});
	expect(failures).toMatchObject([{ details: { field: 'Value', outcome: 'notSent' } }]);
	expect((await run('get', { user: 'w-nothing' })).rows).toMatchObject([{ title: 'Boss' }]);
});

test('Disable and Enable change that one bit', async () => {
	await addPerson(admin, unit, 'w-switch', { userAccountControl: ['66048'] });
	expect((await run('disable', { user: 'w-switch' })).rows).toMatchObject([
		{ enabled: false, userAccountControl: 66050 },
	]);
	expect(await isRight('w-switch', PASSWORD)).toBe(false);
	expect((await run('enable', { user: 'w-switch' })).rows).toMatchObject([
		{ enabled: true, userAccountControl: 66048 },
	]);
	expect((await run('enable', { user: 'w-switch' })).rows).toMatchObject([{ enabled: true }]);
	expect(await isRight('w-switch', PASSWORD)).toBe(true);
});

test('Set Password, at once or to be changed; the old one is of no use any more', async () => {
	await addPerson(admin, unit, 'w-password');
	await run('setPassword', { user: 'w-password', password: 'Another-Passw0rd' });
	expect(await isRight('w-password', 'Another-Passw0rd')).toBe(true);
	expect(await isRight('w-password', 'Wrong-Passw0rd')).toBe(false);
	await run('setPassword', {
		user: 'w-password',
		password: 'Third-Passw0rd',
		options: { mustChange: true, unlock: true },
	});
	expect(await admin.signIn('w-password@corp.test', 'Third-Passw0rd')).toMatchObject({
		refusal: 'mustChange',
	});
});

test('Force Password Change', async () => {
	await addPerson(admin, unit, 'w-force');
	await run('forceChange', { user: 'w-force' });
	expect(await admin.signIn('w-force@corp.test', PASSWORD)).toMatchObject({ refusal: 'mustChange' });
});

test('Unlock: locked after wrong passwords, known as such, and let in again', async () => {
	await setOn(admin, BASE, { lockoutThreshold: ['3'] });
	try {
		await addPerson(admin, unit, 'w-lock');
		for (let i = 0; i < 4; i++) await isRight('w-lock', 'Wrong-Passw0rd');
		expect(await isRight('w-lock', PASSWORD)).toBe(false);
		expect((await run('get', { user: 'w-lock' })).rows).toMatchObject([{ locked: true }]);
		const verified = await run('verifyPassword', {
			user: 'w-lock',
			password: PASSWORD,
			options: { details: true },
		});
		expect(verified.rows).toMatchObject([{ valid: false, reason: 'wrong', details: { reason: 'locked' } }]);
		await run('unlock', { user: 'w-lock' });
		expect(await isRight('w-lock', PASSWORD)).toBe(true);
	} finally {
		await setOn(admin, BASE, { lockoutThreshold: ['0'] });
	}
});

test('Move, and a new name, keep who somebody is', async () => {
	const other = await ownUnit(admin);
	await addPerson(admin, unit, 'w-move', { displayName: ['Smith, Ann "A" \\ x'] });
	const { rows: before } = await run('get', { user: 'w-move' });
	const { rows: moved } = await run('move', { user: 'w-move', unit: other });
	expect(String(moved[0]!.dn).endsWith(other)).toBe(true);
	expect(moved[0]!.objectGUID).toBe(before[0]!.objectGUID);
	const { rows: renamed } = await run('move', { user: 'w-move', newName: '王, Wei' });
	expect(renamed).toMatchObject([{ dn: `CN=王\\, Wei,${other}`, objectGUID: before[0]!.objectGUID }]);
	const { failures } = await run('move', { user: 'w-move', unit: `OU=Nowhere,${BASE}` });
	expect(failures[0]!.error).toMatch(/has no OU=Nowhere/);
});

test('Delete', async () => {
	const dn = await addPerson(admin, unit, 'w-delete');
	expect((await run('delete', { user: dn })).rows).toEqual([{ deleted: true, dn }]);
	expect((await run('delete', { user: 'w-delete' })).failures[0]!.error).toMatch(/There is no user/);
});

test('no password is set over a connection that others can read', async () => {
	const credential = ldapCredential({ security: 'plain' });
	const { failures } = await run('setPassword', { user: 'p00001', password: PASSWORD }, [{}], { credential });
	expect(failures).toMatchObject([{ details: { field: 'Encryption', outcome: 'notSent' } }]);
});

test('a row that fails stops no other, and each is paired with its input', async () => {
	await addPerson(admin, unit, 'w-row1');
	const { rows, failures } = await run('disable', { user: '={{ $json.who }}' }, [
		{ who: 'w-row0' },
		{ who: 'w-row1' },
	]);
	expect(rows).toMatchObject([{ sAMAccountName: 'w-row1', enabled: false }]);
	expect(failures).toMatchObject([{ details: { item: 0 } }]);
});

describe('Directory', () => {
	test('Test Connection gives an item for each step', async () => {
		const { rows } = await runDirectory({ resource: 'directory', operation: 'testConnection' });
		expect(rows.map(({ step, works }) => [step, works])).toEqual([
			['Reach the server', true],
			['Encrypt the connection', true],
			['Sign in', true],
			['Find the base', true],
		]);
	});

	test('… and where it fails, no error but the step with its remedy', async () => {
		const credential = adCredential({ password: 'Wrong-Passw0rd' });
		const { rows } = await runDirectory({ resource: 'directory', operation: 'testConnection' }, [{}], {
			credential,
		});
		expect(rows.at(-1)).toMatchObject({
			step: 'Sign in',
			works: false,
			remedy: expect.stringMatching(/Check both/),
		});
	});

	test('Get Info tells what is at the other end', async () => {
		const { rows } = await runDirectory({ resource: 'directory', operation: 'getInfo' });
		expect(rows).toMatchObject([
			{ kind: 'activeDirectory', baseDn: BASE, dnsHostName: expect.anything() as string },
		]);
	});
});
