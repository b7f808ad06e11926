import { engineWith, NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { createUser, getUser, people } from '../support/nodes';

const sandbox = useSandbox();
const users = people(40);

beforeEach(() => {
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
	sandbox.current.alimail.seed({ users });
});

const tokenRequests = () =>
	sandbox.current.requests.count({ service: 'alimail', path: '/oauth2/v2.0/token' });

test('many items signed in with one token, which the next run uses too', async () => {
	const { engine, error } = await runNode(getUser(sandbox.current), users);
	expect(error).toBeUndefined();
	expect(tokenRequests()).toBe(1);
	expect((await runNode(getUser(sandbox.current), users, { engine })).items(NODE)).toHaveLength(40);
	expect(tokenRequests()).toBe(1);
});

test('a token that dies with many requests in flight is renewed exactly once, and nothing is lost', async () => {
	const { engine } = await runNode(getUser(sandbox.current), users.slice(0, 1));
	sandbox.current.faults.add({ service: 'alimail', kind: 'tokenRevoked', after: 10 });
	sandbox.current.faults.add({ service: 'alimail', kind: 'slow', ms: 30, path: /users/, times: 24 });
	const run = await runNode(getUser(sandbox.current), users, { engine });
	expect(run.error).toBeUndefined();
	expect(run.json(NODE).map(({ email }) => email)).toEqual(users.map(({ email }) => email));
	expect(sandbox.current.requests.count({ service: 'alimail', status: 401 })).toBeGreaterThan(0);
	expect(tokenRequests()).toBe(2);
});

test('a token that dies in the middle of creating accounts makes none twice and forgets none', async () => {
	sandbox.current.faults.add({ service: 'alimail', kind: 'tokenRevoked', after: 15, method: 'POST' });
	const joiners = people(30).map(({ name, email }) => ({ name, email: `new-${email}` }));
	const run = await runNode(createUser(sandbox.current), joiners);
	expect(run.error).toBeUndefined();
	expect(run.json(NODE).map(({ email }) => email)).toEqual(joiners.map(({ email }) => email));
	expect(sandbox.current.alimail.users()).toHaveLength(40 + 30);
	expect(tokenRequests()).toBe(2);
});

test('a token that is about to run out is renewed ahead: the service refuses nothing', async () => {
	sandbox.current.alimail.settings.tokenSeconds = 5;
	sandbox.current.faults.add({ service: 'alimail', kind: 'slow', ms: 150, path: /users/, times: Infinity });
	// Four side by side, so that the run takes longer than the token lives.
	const credential = { requestsPerSecond: 7 };
	const run = await runNode(getUser(sandbox.current, { credential }), users.slice(0, 36));
	expect(run.error).toBeUndefined();
	expect(run.items(NODE)).toHaveLength(36);
	expect(tokenRequests()).toBeGreaterThan(1);
	expect(sandbox.current.requests.count({ service: 'alimail', status: 401 })).toBe(0);
});

describe.each(['stopWorkflow', 'continueErrorOutput'] as const)('with a wrong secret and %s', (onError) => {
	test('one token request, and a message that says what to do', async () => {
		const node = getUser(sandbox.current, {
			credential: { appSecret: 'not-the-secret' },
			settings: { onError },
		});
		const run = await runNode(node, users);
		const message = onError === 'stopWorkflow' ? run.error?.message : String(run.json(NODE, 1)[0]?.error);
		expect(message).toContain('Alimail refused the App ID or the Secret');
		const remedy =
			onError === 'stopWorkflow' ? run.error?.description : JSON.stringify(run.json(NODE, 1)[0]?.details);
		expect(remedy).toContain('Alimail admin console');
		expect(JSON.stringify(run.raw)).not.toContain('not-the-secret');
		if (onError === 'continueErrorOutput') expect(run.items(NODE, 1)).toHaveLength(40);
		expect(tokenRequests()).toBe(1);
		expect(sandbox.current.requests.count({ path: /users/ })).toBe(0);
	});
});

test('a corrected secret works in the next run', async () => {
	const wrong = getUser(sandbox.current, { credential: { appSecret: 'not-the-secret' } });
	expect((await runNode(wrong, users)).error).toBeDefined();
	expect((await runNode(getUser(sandbox.current), users)).items(NODE)).toHaveLength(40);
});

test('a sign-in that fails for a moment is tried again, by one request for all', async () => {
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'status',
		status: 503,
		path: '/oauth2/v2.0/token',
		times: 2,
	});
	const run = await runNode(getUser(sandbox.current), users);
	expect(run.error).toBeUndefined();
	expect(run.items(NODE)).toHaveLength(40);
	expect(tokenRequests()).toBe(3);
});

test('a sign-in that breaks off means that nothing was created: no talk of an unknown fate', async () => {
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'resetBefore',
		path: '/oauth2/v2.0/token',
		times: Infinity,
	});
	const run = await runNode(createUser(sandbox.current, { settings: { onError: 'continueErrorOutput' } }), [
		{ email: 'new@yunhe.example', name: 'New' },
	]);
	expect(run.json(NODE, 1)[0]).toMatchObject({ details: { outcome: 'notSent', canRetry: true } });
	expect(tokenRequests()).toBeLessThanOrEqual(5);
});

test('a token that the service refuses for good ends in one message, not in a circle', async () => {
	const { engine } = await runNode(getUser(sandbox.current), users.slice(0, 1));
	sandbox.current.faults.add({
		service: 'alimail',
		kind: 'status',
		status: 401,
		path: /users/,
		times: Infinity,
	});
	const run = await runNode(getUser(sandbox.current), users.slice(0, 3), { engine });
	expect(run.error?.message).toContain('Alimail did not accept the sign-in');
	expect(sandbox.current.requests.count({ path: /users/, status: 401 })).toBeLessThanOrEqual(6);
});

test('two credentials each keep their own token', async () => {
	const reader = getUser(sandbox.current, {
		credential: { appId: 'sandbox-reader', appSecret: 'sandbox-reader-secret' },
	});
	const [one, two] = await Promise.all([
		runNode(getUser(sandbox.current), users.slice(0, 10)),
		runNode(reader, users.slice(0, 10), { engine: engineWith(reader.credentials) }),
	]);
	expect([one.error, two.error]).toEqual([undefined, undefined]);
	expect(tokenRequests()).toBe(2);
});
