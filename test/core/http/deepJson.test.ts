import { isTooDeep, MOST_LEVELS } from '../../../core/http/json';
import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { alimail, getUser, people, person, sendEmail } from '../support/nodes';
import { tinyServer, type TinyServer } from '../support/tinyServer';

const DEEP = 100_000;
const lists = (levels: number, inside = '') => `${'['.repeat(levels)}${inside}${']'.repeat(levels)}`;
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('isTooDeep', () => {
	test.each([
		['as many levels as may be', lists(MOST_LEVELS), false],
		['one more', lists(MOST_LEVELS + 1), true],
		['objects', objects(DEEP), true],
		['many side by side', `[${'[1],'.repeat(DEEP)}{}]`, false],
		['brackets in a text', JSON.stringify({ text: `${'[{'.repeat(DEEP)}"\\` }), false],
		['a text that ends in a backslash', `["\\\\",${lists(MOST_LEVELS)}]`, true],
	])('%s', (_, text, expected) => {
		expect(isTooDeep(text)).toBe(expected);
	});
});

const sandbox = useSandbox();
let server: TinyServer | undefined;
afterEach(async () => {
	await server?.close();
	server = undefined;
});

const answering = async (text: string) =>
	await tinyServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(text);
	});

const failures = (run: Awaited<ReturnType<typeof runNode>>) =>
	run.json(NODE, 1) as Array<{ error: string; details: { outcome: string; remedy?: string } }>;

test.each([
	['lists', lists(DEEP)],
	['objects', `{"a":${objects(DEEP)}}`],
	['a long number at the bottom', lists(DEEP, '12345678901234567890')],
])('a deep answer (%s) is an error with a remedy, not what JavaScript says', async (_, text) => {
	server = await answering(text);
	const credential = { baseUrl: server.url };
	const settings = { onError: 'continueErrorOutput' as const };
	const [sent] = failures(await runNode(sendEmail(sandbox.current, { credential, settings }), people(1)));
	expect(sent).toMatchObject({
		error: expect.stringContaining('more than 1,000 lists and objects within each other'),
		details: { outcome: 'unknown', remedy: expect.stringContaining('Look at the Activity page') },
	});
	const token = {
		site: 'custom',
		accessToken: 'a-token',
		accessTokenRenewAt: Date.now() + 1e9,
		...credential,
	};
	const [read] = failures(
		await runNode(getUser(sandbox.current, { credential: token, settings }), [person(1)]),
	);
	expect(read).toMatchObject({
		error: 'Alimail sent an answer with more than 1,000 lists and objects within each other',
		details: { remedy: expect.stringContaining('Check the base URL') },
	});
});

describe('a deep JSON field', () => {
	const post = { resource: 'custom', operation: 'request', method: 'POST', path: '/v2/departments' };
	const said = async (parameters: object) => {
		const run = await runNode(
			alimail(sandbox.current, {
				parameters: { ...post, ...parameters },
				settings: { onError: 'continueErrorOutput' },
			}),
		);
		expect(sandbox.current.requests.total).toBe(0);
		return failures(run)[0];
	};

	test.each([
		['body', 'Body (JSON)'],
		['query', 'Query Parameters (JSON)'],
	])('%s is refused in words before sending', async (name, label) => {
		expect(await said({ [name]: objects(DEEP) })).toMatchObject({
			error: `'${label}' has more than 1,000 lists and objects within each other`,
			details: { outcome: 'notSent', remedy: expect.stringContaining('Check the expression') },
		});
	});

	test('from an expression is refused in words before sending', async () => {
		const body = `={{ (() => { let at = {}; for (let i = 0; i < ${DEEP}; i++) at = { at }; return at; })() }}`;
		expect(await said({ body })).toMatchObject({
			error: expect.not.stringMatching(/call stack/i),
			details: { outcome: 'notSent', remedy: expect.any(String) },
		});
	});
});
