import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { createUser, getUser, people, recipients, sendEmail } from '../support/nodes';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
});

/** Another app id each time: what one test does to its account's budget is not the next test's affair. */
let apps = 0;
const ownApp = () => {
	const id = `throttling-${++apps}`;
	sandbox.current.alimail.apps.add({ id, secret: 'a-secret', permissions: { users: 'readWrite' } });
	return { appId: id, appSecret: 'a-secret' };
};
const ownServer = () => {
	const token = `throttling-token-${++apps}`;
	sandbox.current.postmark.addServer({ id: 2000 + apps, name: 'Own', tokens: [token] });
	return { serverToken: token };
};

const started = (path: RegExp) =>
	sandbox.current.requests
		.list({ path })
		.map(({ at, status, ms }) => ({ at: Date.parse(at) - ms, status }))
		.sort((a, b) => a.at - b.at);

test.each([
	['with Retry-After', 429, { 'retry-after': '1' }],
	['without Retry-After', 429, {}],
	['with a Retry-After of no time at all', 429, { 'retry-after': '0' }],
	['of a service that is away', 503, {}],
])('a storm of refusals %s: everything is done in the end, once', async (_, status, headers) => {
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'status',
		status,
		headers,
		method: 'POST',
		path: '/v2/users',
		after: 5,
		times: 8,
	});
	const run = await runNode(createUser(sandbox.current, { credential: ownApp() }), people(40));
	expect(run.error).toBeUndefined();
	expect(run.json(NODE).map(({ email }) => email)).toEqual(people(40).map(({ email }) => email));
	expect(sandbox.current.alimail.users()).toHaveLength(40);
	expect(sandbox.current.requests.count({ method: 'POST', path: '/v2/users', status: 200 })).toBe(40);
});

test('a 429 closes the gate for everyone: nothing starts until Retry-After is over', async () => {
	sandbox.current.alimail.seed({ users: people(120) });
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '1' },
		path: /users/,
		after: 20,
	});
	const credential = ownApp();
	const [one, two] = await Promise.all([
		runNode(getUser(sandbox.current, { credential }), people(60)),
		runNode(getUser(sandbox.current, { credential }), people(120).slice(60)),
	]);
	expect([one.error, two.error]).toEqual([undefined, undefined]);
	const log = started(/users/);
	const pauses = log.map(({ at }, i) => at - (log[i - 1]?.at ?? at));
	const gap = pauses.indexOf(Math.max(...pauses));
	const refusedAt = log.findIndex(({ status }) => status === 429);
	expect(log[gap]!.at - log[refusedAt]!.at).toBeGreaterThan(990);
	// Those that were under way when the gate closed still arrive.
	expect(gap - refusedAt).toBeLessThan(2 * 24);
	expect(log.length - gap).toBeGreaterThan(120 - 21 - 2 * 24);
});

test('Retry-After as a date is kept to', async () => {
	const until = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 2_000);
	sandbox.current.faults.add({
		service: 'postmark',
		kind: 'status',
		status: 429,
		headers: { 'retry-after': until.toUTCString() },
		path: '/email/batch',
	});
	const run = await runNode(sendEmail(sandbox.current, { credential: ownServer() }), people(2));
	expect(run.error).toBeUndefined();
	expect(sandbox.current.postmark.messages).toHaveLength(2);
	const [, second] = started(/batch/);
	expect(second!.at).toBeGreaterThanOrEqual(until.getTime() - 50);
});

test('a batch that is turned away several times is sent once', async () => {
	sandbox.current.faults.add({
		service: 'postmark',
		kind: 'status',
		status: 503,
		path: '/email/batch',
		times: 2,
	});
	const run = await runNode(sendEmail(sandbox.current, { credential: ownServer() }), people(5));
	expect(run.error).toBeUndefined();
	expect(recipients(sandbox.current)).toEqual(people(5).map(({ email }) => email));
});
