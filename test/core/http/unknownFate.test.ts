import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { createUser, getUser, people, recipients, sendEmail } from '../support/nodes';
import { json, tinyServer, type TinyServer } from '../support/tinyServer';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.alimail.settings.requestsPerSecond = 10_000;
});

const continues = { onError: 'continueErrorOutput' } as const;
const creations = () =>
	sandbox.current.requests.count({ service: 'alimail', method: 'POST', path: '/v2/users' });

describe('creating an account', () => {
	test.each(['resetBefore', 'resetAfter'] as const)('%s: looked up by address, made once', async (kind) => {
		sandbox.current.faults.add({ service: 'alimail', kind, method: 'POST', path: '/v2/users', after: 2 });
		const run = await runNode(createUser(sandbox.current), people(6));
		expect(run.error).toBeUndefined();
		expect(run.json(NODE).map(({ email }) => email)).toEqual(people(6).map(({ email }) => email));
		expect(sandbox.current.alimail.users()).toHaveLength(6);
		expect(creations()).toBe(kind === 'resetAfter' ? 6 : 7);
		expect(sandbox.current.requests.count({ method: 'GET', path: /\/v2\/users\// })).toBe(1);
	});

	test.each([200, 502])(
		'a web page with status %i in place of the answer: looked up, made once',
		async (status) => {
			sandbox.current.faults.add({
				service: 'alimail',
				kind: 'html',
				status,
				method: 'POST',
				path: '/v2/users',
			});
			const run = await runNode(createUser(sandbox.current), people(3));
			expect(run.error).toBeUndefined();
			expect(run.items(NODE)).toHaveLength(3);
			expect(sandbox.current.alimail.users()).toHaveLength(3);
		},
	);

	test('when the look-up finds someone else at the address, nobody is taken for the new account', async () => {
		sandbox.current.alimail.seed({ users: [{ email: 'person0@yunhe.example', name: 'Somebody Else' }] });
		sandbox.current.faults.add({
			service: 'alimail',
			kind: 'resetBefore',
			method: 'POST',
			path: '/v2/users',
		});
		const run = await runNode(createUser(sandbox.current, { settings: continues }), people(1));
		expect(run.json(NODE, 0)).toEqual([]);
		const [{ error, details }] = run.json(NODE, 1) as [{ error: string; details: { remedy: string } }];
		expect(error).toContain('The account person0@yunhe.example was there already');
		expect(details).toMatchObject({ outcome: 'refused', canRetry: false });
		expect(details.remedy).toContain('Use the one that is there');
		expect(creations()).toBe(1);
	});
});

describe('sending email', () => {
	test.each(['resetBefore', 'resetAfter'] as const)(
		'%s: reported as unknown, never sent twice, other items keep their results',
		async (kind) => {
			sandbox.current.faults.add({ service: 'postmark', kind, path: '/email/batch', after: 1 });
			const run = await runNode(sendEmail(sandbox.current, { settings: continues }), people(600));
			expect(run.items(NODE, 0)).toHaveLength(500);
			expect(run.items(NODE, 1)).toHaveLength(100);
			expect(run.json(NODE, 1)[0]).toMatchObject({
				email: 'person500@yunhe.example',
				error:
					'Postmark could not be reached: the connection broke before it answered. It is not known whether this was done',
				details: { outcome: 'unknown', canRetry: false, code: 'ECONNRESET' },
			});
			expect(JSON.stringify(run.json(NODE, 1)[0])).toContain('Activity page');
			const sent = recipients(sandbox.current);
			expect(new Set(sent).size).toBe(sent.length);
			expect(sent).toHaveLength(kind === 'resetAfter' ? 600 : 500);
			expect(sandbox.current.requests.count({ path: '/email/batch' })).toBe(2);
		},
	);

	test.each([
		['a 500', { kind: 'status', status: 500 }],
		['a web page with status 200', { kind: 'html', status: 200 }],
		['a web page with status 502', { kind: 'html', status: 502 }],
	] as const)('%s is not repeated', async (_, fault) => {
		sandbox.current.faults.add({ service: 'postmark', ...fault, path: '/email/batch', times: Infinity });
		const run = await runNode(sendEmail(sandbox.current), people(2));
		expect(run.error?.message).toContain('It is not known whether this was done');
		expect(run.error?.description).toContain('It was not repeated, so that nothing happens twice');
		expect(sandbox.current.requests.count({ path: '/email/batch' })).toBe(1);
	});

	test.each([429, 503])('a %i took nothing: it is sent again, once', async (status) => {
		sandbox.current.faults.add({ service: 'postmark', kind: 'status', status, path: '/email/batch' });
		const run = await runNode(sendEmail(sandbox.current), people(3));
		expect(run.error).toBeUndefined();
		expect(recipients(sandbox.current)).toEqual(people(3).map(({ email }) => email));
	});
});

describe('an answer that makes no sense after an email was handed over', () => {
	let server: TinyServer;
	afterEach(async () => await server.close());

	test.each<[string, TinyServer['answer']]>([
		['an object in place of the list', (_, response) => json(response, {})],
		['nothing', (_, response) => response.writeHead(200).end()],
		['a list that is too short', (_, response) => json(response, [])],
		['a list with a hole', (_, response) => json(response, [null, null])],
		['bytes that are not HTTP', (request) => request.socket.end('GARBAGE\r\n\r\n')],
	])('%s: the fate is unknown, and it is not sent again', async (_, answer) => {
		server = await tinyServer(answer);
		const node = sendEmail(sandbox.current, {
			settings: { ...continues, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			credential: { baseUrl: server.url },
		});
		const run = await runNode(node, people(2));
		expect(run.json(NODE, 0)).toEqual([]);
		expect(run.json(NODE, 1)).toHaveLength(2);
		expect(run.json(NODE, 1)[0]).toMatchObject({ details: { outcome: 'unknown' } });
		expect(run.json(NODE, 1)[0]?.error).not.toMatch(/undefined|null|is not a function/);
		expect(server.seen).toHaveLength(1);
	});
});

describe('reading', () => {
	beforeEach(() => sandbox.current.alimail.seed({ users: people(5) }));

	test.each([
		['a 500', { kind: 'status', status: 500 }],
		['a connection that breaks', { kind: 'resetAfter' }],
		['a web page', { kind: 'html', status: 200 }],
	] as const)('%s is repeated until it works', async (_, fault) => {
		sandbox.current.faults.add({ service: 'alimail', ...fault, path: /users/, times: 2 });
		const run = await runNode(getUser(sandbox.current), people(5));
		expect(run.error).toBeUndefined();
		expect(run.items(NODE)).toHaveLength(5);
	});
});

test('faults that stay end after five tries, and say where to look', async () => {
	const closed = await tinyServer(() => undefined);
	await closed.close();
	sandbox.current.faults.add({ service: 'alimail', kind: 'html', path: /users/, times: Infinity });
	const unreachable = sendEmail(sandbox.current, {
		settings: continues,
		credential: { baseUrl: closed.url },
	});
	const [read, sent] = await Promise.all([
		runNode(getUser(sandbox.current), people(1)),
		runNode(unreachable, people(2)),
	]);
	expect(read.error?.message).toContain('A web page came back where Alimail should have sent data');
	expect(read.error?.description).toContain('proxy or firewall');
	expect(sandbox.current.requests.count({ path: /users/ })).toBe(5);
	expect(sent.json(NODE, 1)[1]).toMatchObject({
		error: 'Postmark could not be reached: nothing answers at its address',
		details: { outcome: 'notSent', code: 'ECONNREFUSED', canRetry: true },
	});
});
