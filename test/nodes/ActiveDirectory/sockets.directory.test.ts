import type { WorkflowExecute } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { stop } from '../../core/support/toyNode';
import { allClosed } from '../../core/support/tinyServer';
import { adCredential, BASE } from '../../support/directory';
import { relayTo, type Relay } from '../../support/directory/relay';
import { directoryServers, PEOPLE } from '../../support/directory/servers';
import { NODE, runNode } from '../../support/runNode';

let relay: Relay;
beforeEach(async () => (relay = await relayTo(directoryServers().activeDirectory.address)));
afterEach(async () => await relay.close());

/** One operation through the relay; afterwards no connection may be open. */
async function run(
	parameters: INodeParameters,
	items: IDataObject[] = [{}],
	{ password, started }: { password?: string; started?: (execution: WorkflowExecute) => void } = {},
) {
	const done = await runNode(
		{
			type: 'activeDirectory',
			parameters: { resource: 'user', ...parameters },
			credentials: {
				mailOpsActiveDirectoryApi: adCredential({
					servers: relay.address,
					...(password === undefined ? {} : { password }),
				}),
			},
			settings: { onError: 'continueErrorOutput' },
		},
		items,
		started === undefined ? {} : { started },
	);
	await allClosed({ connections: async () => relay.open });
	return { rows: done.json(NODE), failures: done.json(NODE, 1), error: done.error };
}

const everybody = { operation: 'getAll', returnAll: true, filters: { base: `OU=Staff,${BASE}` } };
const one = { operation: 'get', user: { __rl: true, mode: 'login', value: '={{ $json.login }}' } };
const logins = (count: number, prefix = 'p') =>
	Array.from({ length: count }, (_, i) => ({ login: `${prefix}${String(i).padStart(5, '0')}` }));

test('10,000 people take one connection for the pages and one for questions, and leave none', async () => {
	expect((await run(everybody)).rows).toHaveLength(PEOPLE);
	expect(relay.made).toBeLessThanOrEqual(2);
});

test('a hundred items share one', async () => {
	expect((await run(one, logins(100))).rows).toHaveLength(100);
	expect(relay.made).toBe(1);
});

test('items that fail leave none', async () => {
	expect((await run(one, logins(20, 'nobody'))).failures).toHaveLength(20);
	expect(relay.made).toBe(1);
});

test('a wrong password leaves none', async () => {
	expect((await run(one, logins(3), { password: 'not-the-password' })).failures).toHaveLength(3);
});

test('an execution that is stopped in the middle of a list leaves none', async () => {
	let execution: WorkflowExecute | undefined;
	relay.cut = (sent) => {
		if (sent > 500_000) stop(execution);
		return false;
	};
	const { rows } = await run(everybody, [{}], { started: (running) => (execution = running) });
	// A stop that comes when everything has been read stops nothing.
	expect([0, PEOPLE]).toContain(rows.length);
	expect(relay.made).toBeGreaterThan(0);
});

test('a server that dies in the middle of a later page: an error, never a part of the list', async () => {
	relay.cut = (sent) => (relay.isGone ||= sent > 1_000_000);
	const { rows, failures } = await run(everybody);
	expect(rows).toEqual([]);
	expect(failures).toEqual([
		expect.objectContaining({ details: expect.objectContaining({ canRetry: true }) as object }),
	]);
});

test('a server that dies in the middle of the first page and comes back: the list is whole', async () => {
	let wasCut = false;
	relay.cut = (sent) => !wasCut && (wasCut = sent > 200_000);
	expect((await run(everybody)).rows).toHaveLength(PEOPLE);
	expect(wasCut).toBe(true);
	expect(relay.made).toBeGreaterThan(1);
});
