import { NODE } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { ERROR_OUTPUT, run } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});
const listed = () => [...sandbox.current.sendpulse.account.blacklist];
const writes = () =>
	sandbox.current.requests.list().filter(({ method, path }) => method !== 'GET' && path === '/blacklist');
const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ json: { email: `p${i}@x.example` } }));

test('250 addresses go out in three requests, and each item has its answer; what is no address is named', async () => {
	const items = people(250);
	items[120]!.json.email = 'no address';
	const done = await run(sandbox.current, 'blacklist.add', {}, { items, settings: ERROR_OUTPUT });
	expect(writes()).toHaveLength(3);
	expect(listed()).toHaveLength(249);
	expect(done.json(NODE, 0)[0]).toEqual({ email: 'p0@x.example', blacklisted: true });
	expect(done.json(NODE, 0)).toHaveLength(249);
	expect(done.json(NODE, 1)).toMatchObject([{ error: expect.stringContaining('“no address”') }]);
});

test('they are read, and taken off again', async () => {
	await run(sandbox.current, 'blacklist.add', {}, { items: people(3) });
	const all = await run(sandbox.current, 'blacklist.getAll', { limit: 2 });
	expect(all.json(NODE)).toEqual([{ email: 'p0@x.example' }, { email: 'p1@x.example' }]);
	const gone = await run(sandbox.current, 'blacklist.remove', {}, { items: people(2) });
	expect(gone.json(NODE)).toMatchObject([{ blacklisted: false }, { blacklisted: false }]);
	expect(listed()).toEqual(['p2@x.example']);
});

test('items with different comments go out apart', async () => {
	const items = people(3).map(({ json }, i) => ({ json: { ...json, why: i === 1 ? 'spam' : 'phone' } }));
	const form = { options: { comment: '={{ $json.why }}' } };
	const done = await run(sandbox.current, 'blacklist.add', form, { items });
	expect(done.json(NODE).map(({ email }) => email)).toEqual(items.map(({ json }) => json.email));
	expect(writes()).toHaveLength(2);
});
