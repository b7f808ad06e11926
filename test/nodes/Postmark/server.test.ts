import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { engineWith, NODE, nodeUnderTest, runNode } from '../../support/runNode';
import { postmarkCredential, useSandbox } from '../../support/services';
import { Postmark } from '../../../nodes/Postmark/Postmark.node';

const sandbox = useSandbox();

const serverNode = (parameters: Record<string, string | number | boolean>) => ({
	type: 'postmark',
	parameters: { resource: 'server', ...parameters },
	credentials: {
		...postmarkCredential(sandbox.current),
		mailOpsPostmarkAccountApi: {
			accountToken: sandbox.current.postmark.accountToken,
			baseUrl: sandbox.current.postmark.url,
		},
	},
});

const addServers = (count: number) => {
	for (let i = 0; i < count; i++)
		sandbox.current.postmark.addServer({ id: 2000 + i, name: `Shop ${i}`, tokens: [`secret-token-${i}`] });
};
/** "offset+count" of each page that was asked for. */
const pagesRead = () =>
	sandbox.current.requests.list({ path: '/servers' }).map(({ query }) => {
		const asked = new URLSearchParams(query);
		return `${asked.get('offset')}+${asked.get('count')}`;
	});

describe('Server → Get', () => {
	test('gives the server of the token, without its tokens', async () => {
		const run = await runNode(serverNode({ operation: 'get' }));
		expect(run.error).toBeUndefined();
		expect(run.json(NODE)).toEqual([
			expect.objectContaining({ ID: 1001, Name: 'Production', DeliveryType: 'Live' }),
		]);
		expect(JSON.stringify(run.json(NODE))).not.toMatch(/ApiTokens|sandbox-server-token/);
	});

	test('with an unknown token says which token, and never shows it', async () => {
		const spec = serverNode({ operation: 'get' });
		spec.credentials.mailOpsPostmarkServerApi.serverToken = 'unknown-token-4711';
		const run = await runNode(spec);
		expect(run.error?.message).toBe('Postmark does not know this server token [item 0]');
		expect(run.error?.description).toContain('Copy the server API token again');
		expect(JSON.stringify(run.raw)).not.toContain('unknown-token-4711');
	});
});

describe('Server → Get Many', () => {
	test('stops at the limit and asks for no more than that', async () => {
		addServers(30);
		const run = await runNode(serverNode({ operation: 'getAll', limit: 12 }));
		expect(run.json(NODE)).toHaveLength(12);
		expect(pagesRead()).toEqual(['0+12']);
	});

	test('reads all pages, each server once, without their tokens', async () => {
		addServers(1_198);
		const run = await runNode(serverNode({ operation: 'getAll', returnAll: true }));
		expect(run.error).toBeUndefined();
		expect(new Set(run.json(NODE).map(({ ID }) => ID)).size).toBe(1_200);
		expect(run.items(NODE)).toHaveLength(1_200);
		expect(run.items(NODE).every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
		expect(JSON.stringify(run.json(NODE))).not.toMatch(/ApiTokens|secret-token/);
		expect(pagesRead()).toEqual(['0+500', '500+500', '1000+500']);
	});

	test('does not ask for a page behind a full last one', async () => {
		addServers(498);
		const run = await runNode(serverNode({ operation: 'getAll', returnAll: true }));
		expect(run.items(NODE)).toHaveLength(500);
		expect(pagesRead()).toHaveLength(1);
	});

	test('finds servers by their name', async () => {
		addServers(3);
		const run = await runNode(serverNode({ operation: 'getAll', name: '={{ $json.find }}' }), [
			{ find: 'shop' },
			{ find: 'stag' },
		]);
		expect(run.items(NODE).map(({ json, pairedItem }) => [json.Name, pairedItem])).toEqual([
			['Shop 0', { item: 0 }],
			['Shop 1', { item: 0 }],
			['Shop 2', { item: 0 }],
			['Staging', { item: 1 }],
		]);
		expect(sandbox.current.postmark.unknownFields).toEqual([]);
	});

	test('with a server token says that it needs the account token', async () => {
		const spec = serverNode({ operation: 'getAll' });
		spec.credentials.mailOpsPostmarkAccountApi.accountToken = sandbox.current.postmark.serverToken;
		const run = await runNode(spec);
		expect(run.error?.message).toBe('Postmark does not know this account token [item 0]');
		expect(run.error?.description).toContain('A server token and an account token are not the same');
	});
});

describe('the dropdown of message streams', () => {
	const streams = async (): Promise<INodePropertyOptions[]> => {
		const node = nodeUnderTest({
			...serverNode({ operation: 'send' }),
			parameters: { resource: 'email', operation: 'send' },
		});
		const editor = engineWith(postmarkCredential(sandbox.current)).editor(node);
		return await new Postmark().methods.loadOptions.getSendingStreams.call(
			editor as unknown as ILoadOptionsFunctions,
		);
	};

	test('lists those that can send, with their kind', async () => {
		sandbox.current.postmark.servers[0]!.addStream('newsletter', 'Broadcasts', '公司新闻');
		expect(await streams()).toEqual([
			{ name: 'Default Transactional Stream (Transactional)', value: 'outbound' },
			{ name: 'Default Broadcast Stream (Broadcast)', value: 'broadcast' },
			{ name: '公司新闻 (Broadcast)', value: 'newsletter' },
		]);
		expect(sandbox.current.postmark.unknownFields).toEqual([]);
	});

	test('shows what is wrong instead of an empty list', async () => {
		sandbox.current.postmark.servers[0]!.tokens.length = 0;
		await expect(streams()).rejects.toThrow('Postmark does not know this server token');
	});
});
