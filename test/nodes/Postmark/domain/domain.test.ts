import { useSandbox } from '../../../support/services';
import { asked, listOf, perform, refusal } from '../operations';

const sandbox = useSandbox();

const create = async (name = 'shop.example', returnPathDomain?: string) =>
	await perform(sandbox.current, 'domain.create', {
		name,
		additionalFields: returnPathDomain === undefined ? {} : { returnPathDomain },
	});
const one = (ID: unknown) => ({ domain: { __rl: true, mode: 'list', value: ID } }) as never;

test('Create gives the DNS records, and tells which to set', async () => {
	const { rows, hints } = await create('shop.example', 'pm-bounces.shop.example');
	expect(rows[0]).toMatchObject({ Name: 'shop.example', DKIMVerified: false });
	expect(hints).toEqual([
		expect.stringMatching(
			/^shop\.example: DKIM is not verified\. Add a TXT record for \S+_domainkey\.shop\.example /,
		),
		expect.stringContaining('Add a CNAME record from pm-bounces.shop.example to pm.mtasv.net'),
	]);
});

test.each(['resetBefore', 'resetAfter'] as const)(
	'Create is done once when the answer gets lost (%s)',
	async (kind) => {
		sandbox.current.faults.add({ service: 'postmark', method: 'POST', kind });
		const { rows } = await create();
		expect(rows[0]).toMatchObject({ Name: 'shop.example', DKIMPendingHost: expect.any(String) });
		const all = await perform(sandbox.current, 'domain.getAll', { returnAll: true });
		expect(all.rows.filter(({ Name }) => Name === 'shop.example')).toHaveLength(1);
	},
);

test('a domain that is there already, or is public, is a plain error', async () => {
	const codes = [];
	for (const name of ['yunhe.example', 'gmail.com'])
		codes.push((await refusal(sandbox.current, 'domain.create', { name })).details.code);
	expect(codes).toEqual(['512', '503']);
});

test('Get, Get Many, Update and Delete', async () => {
	const { rows } = await create();
	const chosen = one(rows[0]!.ID);
	expect((await perform(sandbox.current, 'domain.get', chosen)).rows[0]).toMatchObject({
		Name: 'shop.example',
	});
	expect((await perform(sandbox.current, 'domain.getAll', { limit: 2 })).rows).toHaveLength(2);
	const changed = await perform(sandbox.current, 'domain.update', {
		...(chosen as object),
		updateFields: { returnPathDomain: 'pm.shop.example' },
	});
	expect(changed.rows[0]).toMatchObject({ ReturnPathDomain: 'pm.shop.example' });
	expect((await perform(sandbox.current, 'domain.delete', chosen)).rows).toEqual([
		{ deleted: true, ID: rows[0]!.ID },
	]);
	const { details } = await refusal(sandbox.current, 'domain.get', chosen);
	expect(details).toMatchObject({ outcome: 'refused' });
});

test('Verify DKIM and Verify Return-Path answer with the domain as it is then', async () => {
	const { rows } = await create('shop.example', 'pm-bounces.shop.example');
	const chosen = one(rows[0]!.ID);
	const dkim = await perform(sandbox.current, 'domain.verifyDkim', chosen);
	expect(dkim.rows[0]).toMatchObject({ ID: rows[0]!.ID, DKIMVerified: true });
	expect(dkim.hints).toEqual([expect.stringContaining('the Return-Path is not verified')]);
	const path = await perform(sandbox.current, 'domain.verifyReturnPath', chosen);
	expect(path.rows[0]).toMatchObject({ ReturnPathDomainVerified: true });
	expect(path.hints).toEqual([]);
});

test('a tracking domain is set beside the return path that is there, and verified', async () => {
	const { rows } = await create('shop.example', 'pm-bounces.shop.example');
	const chosen = one(rows[0]!.ID);
	const set = await perform(sandbox.current, 'domain.update', {
		...(chosen as object),
		updateFields: { customTrackingDomain: 'track.shop.example' },
	});
	expect(set.rows[0]).toMatchObject({
		CustomTrackingDomain: 'track.shop.example',
		ReturnPathDomain: 'pm-bounces.shop.example',
	});
	expect(set.hints).toContainEqual(
		expect.stringMatching(
			/the tracking domain is not verified\. Add a CNAME record from track\.shop\.example to \S+/,
		),
	);
	const verified = await perform(sandbox.current, 'domain.verifyTrackingDomain', chosen);
	expect(verified.rows[0]).toMatchObject({ CustomTrackingVerified: true });
	const nothing = await refusal(sandbox.current, 'domain.update', {
		...(chosen as object),
		updateFields: {},
	});
	expect(nothing.message).toBe("'Update Fields' names no field to change [item 0]");
});

test('a verification that finds nothing says which record is missing, instead of looking like a success', async () => {
	sandbox.current.postmark.settings.dnsReady = false;
	const { rows } = await create();
	const { hints } = await perform(sandbox.current, 'domain.verifyDkim', one(rows[0]!.ID));
	expect(hints).toEqual([
		expect.stringContaining(`Add a TXT record for ${String(rows[0]!.DKIMPendingHost)} with the value`),
	]);
});

test('Rotate DKIM makes a new key, and tells which record to add', async () => {
	const { results } = await listOf(sandbox.current, 'searchDomains')('yunhe');
	expect(results.map(({ name }) => name)).toEqual(['yunhe.example']);
	const { rows, hints } = await perform(sandbox.current, 'domain.rotateDkim', one(results[0]!.value));
	expect(rows[0]).toMatchObject({
		Name: 'yunhe.example',
		DKIMPendingHost: expect.stringContaining('_domainkey'),
	});
	expect(hints[0]).toContain(`Add a TXT record for ${String(rows[0]!.DKIMPendingHost)}`);
});

test('a rotation whose answer got lost is not repeated: a second one would make another key', async () => {
	const { results } = await listOf(sandbox.current, 'searchDomains')('yunhe');
	sandbox.current.faults.add({ service: 'postmark', method: 'POST', kind: 'resetAfter' });
	const { details } = await refusal(sandbox.current, 'domain.rotateDkim', one(results[0]!.value));
	expect(details).toMatchObject({ outcome: 'unknown' });
	expect(asked(sandbox.current).filter((line) => line.startsWith('POST'))).toHaveLength(1);
});

test('the list says which domain is not verified', async () => {
	await create();
	const { results } = await listOf(sandbox.current, 'searchDomains')('shop');
	expect(results).toEqual([{ name: 'shop.example (not verified)', value: expect.any(Number) }]);
});
