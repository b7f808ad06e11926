import { NODE, runNode } from '../../support/runNode';
import { json, tinyServer, type TinyServer } from '../../core/support/tinyServer';
import { mapping, node, people, run, seedPeople, sync, useAlimail } from './support';

const sandbox = useAlimail();
let server: TinyServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

const asked = () => sandbox.current.requests.list().map(({ query }) => decodeURIComponent(query ?? ''));

test.each([
	[{}, true],
	[{ selectFields: true }, true],
	[{ selectFields: false }, false],
])('with the credential %j, fields are asked for by name: %s', async (credential, expected) => {
	seedPeople(sandbox.current, people(3));
	await run(sandbox.current, 'user.getAll', { returnAll: true }, [{}], { credential });
	await run(sandbox.current, 'department.getAll', { returnAll: true }, [{}], { credential });
	await run(sandbox.current, 'user.get', { user: 'person1@yunhe.example' }, [{}], { credential });
	expect(asked().some((query) => query.includes('$select'))).toBe(expected);
});

test('without the names of fields a sync still compares what comes by itself', async () => {
	seedPeople(sandbox.current, people(5));
	const columns = mapping({
		employeeNo: '={{ $json.no }}',
		email: '={{ $json.email }}',
		name: '={{ $json.name }}',
		department: '={{ $json.department }}',
	});
	const { users, problems } = await sync(
		sandbox.current,
		people(5),
		{ columns },
		{ credential: { selectFields: false } },
	);
	expect([users, problems]).toEqual([[], []]);
});

test.each([
	[{}, ''],
	[{ clearWith: 'empty' }, ''],
	[{ clearWith: 'null' }, null],
])('with the credential %j, a field is cleared with %j', async (more, empty) => {
	server = await tinyServer((_request, response) => json(response, { id: 'u1' }));
	const credential = {
		site: 'custom',
		baseUrl: server.url,
		accessToken: 'a-token',
		accessTokenRenewAt: Date.now() + 1e9,
		...more,
	};
	const updateFields = { nickname: '', info: 'a word' };
	const done = await runNode(
		node(
			sandbox.current,
			{ resource: 'user', operation: 'update', user: 'u1', updateFields },
			{ credential },
		),
	);
	expect(done.json(NODE)).toEqual([{ id: 'u1' }]);
	expect(JSON.parse(server.seen.at(-1)!.body)).toEqual({ nickname: empty, info: 'a word' });
});
