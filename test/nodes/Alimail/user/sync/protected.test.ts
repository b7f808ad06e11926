import list from '../../../../fixtures/sync/14-protected-list.json';
import { account, people, person, seedPeople, sync, useAlimail, writes } from '../../support';

const sandbox = useAlimail();
beforeEach(() => seedPeople(sandbox.current, people(10)));

/** Everybody but person 3, who would be frozen. */
const rows = people(10).filter(({ no }) => no !== 'E3');

test.each([
	...list.parameters.protected,
	'postmaster@*\nperson3@yunhe.example\n',
	'PERSON3@yunhe.example',
	'person3＠yunhe.example',
	'person3@*',
	'*3@yunhe.*',
	'person3*',
	'*',
])('%j protects person 3', async (protectedAccounts) => {
	const { summary, error } = await sync(sandbox.current, rows, { protected: protectedAccounts });
	expect(error).toBeUndefined();
	expect(summary).toMatchObject({ hold: 'nothing', frozen: 0 });
	expect(account(sandbox.current, 3)!.status).toBe('NORMAL');
});

test.each([
	['admin', /has “admin”, which can fit no address/, /or admin@\* for every domain/],
	['postmaster@*, /admin/', /has “\/admin\/”/, /A star stands for any letters/],
	['Admin <person3@yunhe.example>', /has “<person3@yunhe\.example>”|has “Admin”/, /address/],
	['<person3@yunhe.example>', /has “<person3@yunhe\.example>”/, /Write the address alone/],
	['@yunhe.example', /has “@yunhe\.example”/, /For everybody of a domain, write \*@yunhe\.example/],
	['person3@', /has “person3@”/, /Write addresses like/],
	['person3@yunhe', /has “person3@yunhe”/, /Write addresses like/],
	['={{ $json.admins }}', /has an expression that gives nothing/, /Check the column/],
	['=postmaster@*, {{ $json.admins }}', /has an expression that gives nothing/, /Check the column/],
	['={{ [] }}', /has an expression that gives nothing/, /Check the column/],
	["={{ ['admin'] }}", /has “admin”/, /or admin@\*/],
	['={{ String($json.admins) }}', /has “undefined”/, /or undefined@\*/],
])('%j protects nobody: the run stops before anything is asked', async (protectedAccounts, words, remedy) => {
	const { error } = await sync(sandbox.current, rows, { protected: protectedAccounts });
	expect(error!.message).toMatch(/^'Protected Accounts' /);
	expect(error!.message.replace(/&(lt|gt);/g, (_, sign) => (sign === 'lt' ? '<' : '>'))).toMatch(words);
	expect(error!.description).toMatch(remedy);
	expect(sandbox.current.requests.count({ service: 'alimail' })).toBe(0);
});

test('an expression that gives addresses protects them', async () => {
	const withAdmins = rows.map((row) => ({ ...row, admins: ['person3@yunhe.example'] }));
	for (const protectedAccounts of ['={{ $json.admins }}', '={{ $json.admins.join("；") }}'])
		expect((await sync(sandbox.current, withAdmins, { protected: protectedAccounts })).summary).toMatchObject(
			{
				frozen: 0,
			},
		);
	expect(writes(sandbox.current)).toBe(0);
});

test('any alias of an account protects it, from changes too', async () => {
	sandbox.current.alimail.directory.setAliases(account(sandbox.current, 3)!, ['boss@yunhe.example']);
	const parameters = { protected: 'boss@*' };
	await sync(sandbox.current, rows, parameters);
	await sync(sandbox.current, [...rows, person(3, { title: 'Lead' })], parameters);
	await sync(
		sandbox.current,
		[...rows, person(3, { email: 'boss@yunhe.example', title: 'Lead' })],
		parameters,
	);
	expect(writes(sandbox.current)).toBe(0);
});

test('an address that is nobody’s is named', async () => {
	const { hints } = await sync(sandbox.current, people(10), {
		protected: 'admin@*, person3@yunhe.exmaple, person4@yunhe.example',
	});
	expect(hints).toEqual([
		"'Protected Accounts' names person3@yunhe.exmaple, which is the address of nobody: check how it is written.",
	]);
});
