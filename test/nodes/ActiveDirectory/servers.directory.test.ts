import type { IDataObject } from 'n8n-workflow';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { SETTLE_MS } from '../../../nodes/ActiveDirectory/trigger/unsure';
import { Authority } from '../../../scripts/directory/certificates';
import { SambaServer } from '../../../scripts/directory/samba';
import { adCredential, connectedTo } from '../../support/directory';
import { addPerson, ownUnit, setOn } from '../../support/directory/people';
import { Polling } from '../../support/directory/polls';

const EVENTS = ['userCreated', 'userChanged', 'userDisabled', 'userEnabled', 'userMoved', 'userDeleted'];

afterEach(() => void jest.restoreAllMocks());

const watching = (base: string, credential = adCredential()) =>
	new Polling({ events: EVENTS, base, groups: '', attributes: ['title'], options: {} } as never, credential);
const told = (rows: IDataObject[]) =>
	rows.map(({ event, user }) => [event, (user as IDataObject).dn, (user as IDataObject).title]);

/** The next poll finds another server than the last one did; only n8n's memory can tell. */
const asFromAnother = (trigger: Polling) => (trigger.memory.source = '00000000-0000-0000-0000-000000000001');
const later = (ms: number) => jest.spyOn(Date, 'now').mockReturnValue(Date.now() + ms);

describe('another domain controller', () => {
	let admin: Directory;
	beforeAll(() => (admin = new Directory(readSettings(adCredential()))));
	afterAll(async () => await admin.close());

	test('one that knows the same tells nothing, and the look goes on by its numbers', async () => {
		const base = await ownUnit(admin);
		const dn = await addPerson(admin, base, 's-same');
		const trigger = watching(base);
		await trigger.poll();
		asFromAnother(trigger);
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.memory.pending).toBeUndefined();
		await setOn(admin, dn, { title: ['One'] });
		expect(told(await trigger.poll())).toEqual([['userChanged', dn, 'One']]);
	});

	test('one that is behind makes nobody disappear, come back or change to and fro', async () => {
		const base = await ownUnit(admin);
		const anna = await addPerson(admin, base, 's-anna', { title: ['New'] });
		const bert = await addPerson(admin, base, 's-bert');
		const trigger = watching(base);
		await trigger.poll();
		asFromAnother(trigger);
		await setOn(admin, anna, { title: ['Old'] });
		const away = await ownUnit(admin);
		await admin.rename(bert, bert.replace(base, away));
		expect(await trigger.poll()).toEqual([]);
		expect(Object.keys(trigger.memory.pending as object)).toHaveLength(2);
		// What the other one knew arrives.
		await setOn(admin, anna, { title: ['New'] });
		await admin.rename(bert.replace(base, away), bert);
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.memory.pending).toBeUndefined();
		later(2 * SETTLE_MS);
		expect(await trigger.poll()).toEqual([]);
	});

	test('what it says for a quarter of an hour is believed: nothing that happened meanwhile is lost', async () => {
		const base = await ownUnit(admin);
		const anna = await addPerson(admin, base, 's-anna2');
		const trigger = watching(base);
		await trigger.poll();
		asFromAnother(trigger);
		await setOn(admin, anna, { title: ['Head'] });
		const bert = await addPerson(admin, base, 's-bert2');
		expect(await trigger.poll()).toEqual([]);
		later(SETTLE_MS / 2);
		expect(await trigger.poll()).toEqual([]);
		later(SETTLE_MS);
		expect(told(await trigger.poll()).sort()).toEqual([
			['userChanged', anna, 'Head'],
			['userCreated', bert, null],
		]);
		expect(await trigger.poll()).toEqual([]);
	});
});

test('a controller that is set back to a backup: what it lost is told once it is sure, what comes then at once', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'mailops-restored-'));
	const authority = Authority.make(folder);
	const server = await SambaServer.start(authority);
	const credential = adCredential({ servers: server.address, authorities: authority.certificate });
	const open = () => connectedTo(credential);
	try {
		let admin = open();
		const base = await ownUnit(admin);
		const anna = await addPerson(admin, base, 's-kept');
		await admin.close();
		await server.stop();
		server.backUp();
		await server.start();
		const trigger = watching(base, credential);
		await trigger.poll();
		admin = open();
		const bert = await addPerson(admin, base, 's-lost');
		await admin.close();
		expect(told(await trigger.poll())).toEqual([['userCreated', bert, null]]);
		await server.stop();
		await expect(trigger.poll()).rejects.toThrow();
		server.restore();
		await server.start();
		expect(await trigger.poll()).toEqual([]);
		later(2 * SETTLE_MS);
		expect(told(await trigger.poll())).toEqual([['userDeleted', bert, null]]);
		jest.restoreAllMocks();
		admin = open();
		await setOn(admin, anna, { title: ['Head'] });
		await admin.close();
		expect(told(await trigger.poll())).toEqual([['userChanged', anna, 'Head']]);
	} finally {
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	}
});
