import type { IDataObject } from 'n8n-workflow';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { adCredential } from '../../support/directory';
import { addPerson, ownUnit } from '../../support/directory/people';
import { Polling } from '../../support/directory/polls';
import { relayTo, type Relay } from '../../support/directory/relay';
import { directoryServers } from '../../support/directory/servers';

/** A look that breaks off, wherever it does, is done again: each event is told once. */

let admin: Directory;
let relay: Relay;
beforeAll(async () => {
	admin = new Directory(readSettings(adCredential()));
	relay = await relayTo(directoryServers().activeDirectory.address);
});
afterAll(async () => {
	await admin.close();
	await relay.close();
});

/** Bytes of the answers after which the connection is cut: in the sign-in, in what the server says of itself, in the rows. */
test.each([1, 1_000, 2_000, 4_000, 6_000, 8_000])(
	'the connection is cut once, after %i bytes of answers',
	async (bytes) => {
		const unit = await ownUnit(admin);
		await addPerson(admin, unit, `tm${bytes}-before`);
		const trigger = new Polling(
			{ events: ['userCreated'], base: unit, groups: '', attributes: [], options: {} } as never,
			adCredential({ servers: relay.address }),
		);
		expect(await trigger.poll()).toEqual([]);
		const told: string[] = [];
		const poll = async () => {
			const rows = await trigger.poll().catch((): IDataObject[] => []);
			told.push(...rows.map(({ user }) => String((user as IDataObject).sAMAccountName)));
		};
		const names = Array.from({ length: 20 }, (_, i) => `tm${bytes}-${String(i).padStart(2, '0')}`);
		for (const name of names) await addPerson(admin, unit, name);
		let first: number | undefined;
		let wasCut = false;
		relay.cut = (sent) => {
			first ??= sent;
			if (sent - first < bytes) return false;
			relay.cut = undefined;
			wasCut = true;
			return true;
		};
		await poll();
		expect(wasCut).toBe(true);
		await addPerson(admin, unit, `tm${bytes}-late`);
		for (let i = 0; i < 2; i++) await poll();
		expect(told.sort()).toEqual([...names, `tm${bytes}-late`].sort());
	},
	300_000,
);
