import type { IDataObject } from 'n8n-workflow';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { change } from '../../../nodes/ActiveDirectory/wire/changes';
import { adCredential, BASE, connectedTo, LDAP_BASE, ldapCredential } from '../../support/directory';
import { addPerson, ownUnit, setOn } from '../../support/directory/people';
import { Polling } from '../../support/directory/polls';

const ALL = [
	...['userCreated', 'userChanged', 'userDisabled', 'userEnabled', 'userMoved', 'userDeleted'],
	'groupMembersChanged',
];
const PEOPLE_ONLY = ALL.slice(0, -1);

let admin: Directory;
beforeAll(() => (admin = new Directory(readSettings(adCredential()))));
afterAll(async () => await admin.close());
afterEach(() => void jest.restoreAllMocks());

const watching = (base: string, more: IDataObject = {}) =>
	new Polling(
		{ events: PEOPLE_ONLY, base, groups: '', attributes: [], options: {}, ...more } as never,
		adCredential(),
	);
const brief = (rows: IDataObject[]) => rows.map(({ event, user }) => [event, (user as IDataObject)?.dn]);

test('what was there is not told; who comes, changes, is disabled, enabled, moved and deleted is, once', async () => {
	const base = await ownUnit(admin);
	const sales = `OU=Sales,${base}`;
	await admin.add(sales, { objectClass: ['organizationalUnit'] });
	const anna = await addPerson(admin, base, 't-anna', { department: ['Sales'], mail: ['anna@corp.test'] });
	const trigger = watching(base);
	expect(await trigger.poll()).toEqual([]);
	expect(await trigger.poll()).toEqual([]);

	const bert = await addPerson(admin, base, 't-bert');
	await setOn(admin, anna, { department: ['Support'], description: ['nobody watches this'] });
	const rows = await trigger.poll();
	expect(brief(rows).sort()).toEqual([
		['userChanged', anna],
		['userCreated', bert],
	]);
	expect(rows.find(({ event }) => event === 'userChanged')).toMatchObject({
		id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
		changes: [{ attribute: 'department', from: 'Sales', to: 'Support' }],
		user: { sAMAccountName: 't-anna', mail: 'anna@corp.test', department: 'Support', enabled: true },
	});

	await setOn(admin, bert, { userAccountControl: ['514'] });
	expect(brief(await trigger.poll())).toEqual([['userDisabled', bert]]);
	await setOn(admin, bert, { userAccountControl: ['512'] });
	expect(brief(await trigger.poll())).toEqual([['userEnabled', bert]]);

	const there = `CN=t-bert,${sales}`;
	await admin.rename(bert, there);
	expect(await trigger.poll()).toMatchObject([
		{ event: 'userMoved', from: bert, to: there, isInside: true, user: { dn: there } },
	]);
	await admin.rename(there, `CN=Bert B.,${sales}`);
	expect(await trigger.poll()).toMatchObject([
		{ event: 'userChanged', changes: [{ attribute: 'dn', from: there, to: `CN=Bert B.,${sales}` }] },
	]);
	await admin.delete(`CN=Bert B.,${sales}`);
	expect(await trigger.poll()).toMatchObject([{ event: 'userDeleted', user: { sAMAccountName: 't-bert' } }]);
	expect(await trigger.poll()).toEqual([]);
});

test('out of the base and into it is a move, and not an end and a beginning', async () => {
	const [base, other] = [await ownUnit(admin), await ownUnit(admin)];
	const out = await addPerson(admin, base, 't-out');
	const away = out.replace(base, other);
	const trigger = watching(base);
	await trigger.poll();
	await admin.rename(out, away);
	expect(await trigger.poll()).toMatchObject([
		{ event: 'userMoved', from: out, to: away, isInside: false, user: { sAMAccountName: 't-out' } },
	]);
	// A day later: it is the time of creation that tells.
	const tomorrow = Date.now() + 86_400_000;
	jest.spyOn(Date, 'now').mockReturnValue(tomorrow);
	expect(await trigger.poll()).toEqual([]);
	await admin.rename(away, out);
	expect(await trigger.poll()).toMatchObject([{ event: 'userMoved', from: null, to: out, isInside: true }]);
});

test('a unit that is moved with everybody in it is told once, for itself', async () => {
	const [base, other] = [await ownUnit(admin), await ownUnit(admin)];
	const sales = `OU=Sales,${base}`;
	await admin.add(sales, { objectClass: ['organizationalUnit'] });
	for (let i = 0; i < 5; i++) await addPerson(admin, sales, `t-unit${i}`);
	const wide = watching(BASE);
	const trigger = watching(base);
	await trigger.poll();
	await admin.rename(sales, `OU=Verkauf,${base}`);
	expect(await trigger.poll()).toEqual([
		{
			event: 'unitMoved',
			id: expect.any(String) as string,
			from: sales,
			to: `OU=Verkauf,${base}`,
		},
	]);
	await setOn(admin, `CN=t-unit0,OU=Verkauf,${base}`, { title: ['Head'] });
	expect(brief(await trigger.poll())).toEqual([['userChanged', `CN=t-unit0,OU=Verkauf,${base}`]]);
	await admin.rename(`OU=Verkauf,${base}`, `OU=Verkauf,${other}`);
	const rows = await trigger.poll();
	expect(new Set(rows.map(({ event, isInside }) => `${String(event)} ${String(isInside)}`))).toEqual(
		new Set(['userMoved false']),
	);
	expect(rows).toHaveLength(5);
	expect(wide.memory).toEqual({});
});

test('members of the groups that are watched', async () => {
	const base = await ownUnit(admin);
	const group = `CN=t-group,${base}`;
	const anna = await addPerson(admin, base, 't-ganna');
	const bert = await addPerson(admin, base, 't-gbert');
	await admin.add(group, { objectClass: ['group'], sAMAccountName: ['t-group'], member: [anna] });
	const trigger = watching(base, { events: ALL, groups: 't-group' });
	expect(await trigger.poll()).toEqual([]);
	await admin.modify(group, [change('delete', 'member', [anna])]);
	await admin.modify(group, [change('add', 'member', [bert])]);
	const rows = await trigger.poll();
	expect(rows).toMatchObject([
		{ event: 'memberAdded', member: bert, user: { sAMAccountName: 't-gbert' }, group: { name: 't-group' } },
		{ event: 'memberRemoved', member: anna, user: { sAMAccountName: 't-ganna' } },
	]);
	// A member's new name is no change of the group.
	await admin.rename(bert, `CN=Bert,${base}`);
	expect((await trigger.poll()).map(({ event }) => event)).toEqual(['userChanged']);
	expect(await trigger.poll()).toEqual([]);
	await expect(watching(base, { events: ALL, groups: 'no-such-group' }).poll()).rejects.toThrow(
		/no group “no-such-group”/,
	);
	await expect(watching(base, { events: ALL }).poll()).rejects.toThrow("'Groups' is empty");
});

test('a loss of nearly everybody without a trace is an error, until somebody says that it is so', async () => {
	const base = await ownUnit(admin);
	for (let i = 0; i < 12; i++) await addPerson(admin, base, `t-loss${i}`);
	const trigger = watching(base);
	await trigger.poll();
	// To the trigger it is as if it could no longer read the unit: the people are there, and not found.
	const ids = trigger.memory.known;
	for (let i = 0; i < 12; i++) await admin.delete(`CN=t-loss${i},${base}`);
	(trigger.memory as { usn: string; comparedAt: number }).comparedAt = 0;
	const later = await admin.rootDse();
	(trigger.memory as { usn: string }).usn = String(later.entry.highestCommittedUSN);
	await expect(trigger.poll()).rejects.toThrow(/12 of 12 people are nowhere to be found/);
	expect(trigger.memory.known).toEqual(ids);
	trigger.parameters = { ...trigger.parameters, options: { tellsAnyLoss: true } };
	expect((await trigger.poll()).map(({ event }) => event)).toEqual(Array(12).fill('userDeleted'));
});

test('12 who were deleted, with their traces, are told', async () => {
	const base = await ownUnit(admin);
	for (let i = 0; i < 12; i++) await addPerson(admin, base, `t-del${i}`);
	const trigger = watching(base);
	await trigger.poll();
	for (let i = 0; i < 12; i++) await admin.delete(`CN=t-del${i},${base}`);
	(trigger.memory as { comparedAt: number }).comparedAt = 0;
	expect((await trigger.poll()).map(({ event }) => event)).toEqual(Array(12).fill('userDeleted'));
});

test('a base with a typo fails at the first poll; by hand a few people come, and nothing is remembered', async () => {
	await expect(watching(`OU=Staf,${BASE}`).poll()).rejects.toThrow(/no such entry/);
	const trigger = watching(`OU=Staff,${BASE}`);
	const rows = await trigger.poll('manual');
	expect(rows).toHaveLength(3);
	expect(rows[0]).toMatchObject({ event: 'userCreated', sample: true, user: { mail: expect.anything() } });
	expect(trigger.saved).toEqual({});
});

test('what a trigger keeps of 10,000 people is less than a megabyte', async () => {
	const trigger = watching(`OU=Staff,${BASE}`);
	expect(await trigger.poll()).toEqual([]);
	expect(JSON.stringify(trigger.saved).length).toBeLessThan(1_000_000);
	expect(await trigger.poll()).toEqual([]);
});

test('an OpenLDAP: created, changed and deleted, without numbers and traces', async () => {
	const ldap = connectedTo(ldapCredential());
	const base = `ou=watched,${LDAP_BASE}`;
	const person = { objectClass: ['inetOrgPerson'], sn: ['x'] };
	await ldap.add(base, { objectClass: ['organizationalUnit'] });
	await ldap.add(`uid=anna,${base}`, { ...person, uid: ['anna'], cn: ['Anna'] });
	const trigger = watching(base);
	trigger.credential = ldapCredential();
	expect(await trigger.poll()).toEqual([]);
	await ldap.add(`uid=bert,${base}`, { ...person, uid: ['bert'], cn: ['Bert'] });
	await setOn(ldap, `uid=anna,${base}`, { mail: ['anna@corp.test', 'a@corp.test'] });
	const rows = await trigger.poll();
	expect(brief(rows).sort()).toEqual([
		['userChanged', `uid=anna,${base}`],
		['userCreated', `uid=bert,${base}`],
	]);
	expect(rows.find(({ event }) => event === 'userChanged')!.changes).toEqual([
		{ attribute: 'mail', from: null, to: ['anna@corp.test', 'a@corp.test'] },
	]);
	await ldap.delete(`uid=bert,${base}`);
	expect(await trigger.poll()).toEqual([]);
	(trigger.memory as { comparedAt: number }).comparedAt = 0;
	expect(await trigger.poll()).toMatchObject([
		{ event: 'userDeleted', user: { uid: ['bert'], enabled: null } },
	]);
});
