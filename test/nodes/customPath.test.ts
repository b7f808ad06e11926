import type { INodeProperties } from 'n8n-workflow';
import manifest from '../../package.json';
import { Engine } from '../../scripts/engine';
import { runNode, type NodeUnderTest } from '../support/runNode';
import { useSandbox } from '../support/services';

const sandbox = useSandbox();

/** Every resource with a request of one's own, of every node: `alimail custom`. */
const customs = manifest.n8n.nodes
	.map((file) => /\/(\w+)\.node\.js$/.exec(file)![1]!)
	.map((name) => name[0]!.toLowerCase() + name.slice(1))
	.flatMap((type) =>
		new Engine()
			.nodeType(`n8n-nodes-mailops.${type}`)
			.description.properties.filter(({ name }) => name === 'path')
			.flatMap(({ displayOptions }: INodeProperties) => {
				const { resource = [], operation = [] } = displayOptions?.show ?? {};
				return operation.includes('request') ? resource.map((one) => [type, String(one)] as const) : [];
			}),
	);
const distinct = [...new Map(customs.map((one) => [one.join(' '), one])).values()];

function node(type: string, resource: string, path: string): NodeUnderTest {
	const { credentials = [] } = new Engine().nodeType(`n8n-nodes-mailops.${type}`).description;
	const known = sandbox.current.credentials();
	const given = credentials.flatMap(({ name }) => known.find((one) => one.type === name) ?? []);
	return {
		type,
		parameters: { resource, operation: 'request', path },
		credentials: Object.fromEntries(given.map(({ type: name, data }) => [name, data])),
	};
}

test('every service with a request of one’s own is looked at', () => {
	expect(distinct.map(([type]) => type)).toEqual(
		expect.arrayContaining(['alimail', 'postmark', 'mailchimp', 'sendPulse', 'aokSend']),
	);
});

describe.each(distinct)('%s, %s', (type, resource) => {
	test.each([
		'/v2/../oauth2',
		'/v2/%2e%2e/oauth2',
		'/v2/.%2e/oauth2',
		'/v2/%2E./oauth2',
		'/v2/%2e/oauth2',
		'/v2/\\..\\oauth2',
		'/v2\\..\\..\\oauth2',
		'/v2/%5c..%5coauth2',
		'/v2/..%2foauth2',
		'/v2/%252e%252e/oauth2',
		'/v2/%25252e%25252e%25252foauth2',
		'/v2/..;a=b/oauth2',
		'/..',
		'\\\\elsewhere.example/v2',
		'/\\elsewhere.example/v2',
	])('the path “%s” is refused in words, and nothing leaves', async (path) => {
		const run = await runNode(node(type, resource, path));
		expect(run.error?.message).toMatch(/^'Path' must /);
		expect(run.error?.message).toContain(path);
		// Mailchimp is asked once, at its root, whose key it is.
		expect(
			sandbox.current.requests.list().filter(({ query }) => query !== 'fields=account_id%2Clogin_id'),
		).toEqual([]);
	});

	test.each(['/v2/users/li.wei%40example.com', '/v2/a%2Fb', '/v2/...', '/v2/x..y', '/v2/$root'])(
		'the path “%s” goes out as it is',
		async (path) => {
			await runNode({ ...node(type, resource, path), settings: { onError: 'continueRegularOutput' } });
			expect(sandbox.current.requests.total).toBeGreaterThan(0);
		},
	);
});
