import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { Postmark } from '../../../../nodes/Postmark/Postmark.node';
import { engineWith, NODE, nodeUnderTest, runNode } from '../../../support/runNode';
import { postmarkCredential, useSandbox } from '../../../support/services';
import { asked, operationNode, perform, refusal } from '../operations';

const sandbox = useSandbox();

describe('Server → Get', () => {
	test('gives the server of the token, without its tokens', async () => {
		const { rows } = await perform(sandbox.current, 'server.get');
		expect(rows).toEqual([expect.objectContaining({ ID: 1001, Name: 'Production', DeliveryType: 'Live' })]);
		expect(JSON.stringify(rows)).not.toMatch(/ApiTokens|sandbox-server-token/);
	});

	test('with an unknown token says which token, and never shows it', async () => {
		const spec = operationNode(sandbox.current, 'server.get');
		spec.credentials.mailOpsPostmarkServerApi!.serverToken = 'unknown-token-4711';
		const run = await runNode(spec);
		expect(run.error?.message).toBe('Postmark does not know this server token [item 0]');
		expect(run.error?.description).toContain('Copy the server API token again');
		expect(JSON.stringify(run.raw)).not.toContain('unknown-token-4711');
	});
});

describe('Server → Update', () => {
	test('changes what is named and nothing else, and shows no token', async () => {
		const { rows } = await perform(sandbox.current, 'server.update', {
			updateFields: {
				name: 'Shop 商店',
				color: 'turqoise',
				trackOpens: true,
				trackLinks: 'HtmlOnly',
				inboundSpamThreshold: 15,
				rawEmail: true,
				smtp: false,
			},
		});
		expect(rows[0]).toMatchObject({
			ID: 1001,
			Name: 'Shop 商店',
			TrackOpens: true,
			TrackLinks: 'HtmlOnly',
			InboundSpamThreshold: 15,
			RawEmailEnabled: true,
			SmtpApiActivated: false,
			PostFirstOpenOnly: false,
		});
		expect(JSON.stringify(rows)).not.toMatch(/ApiTokens|sandbox-server-token/);
		const cleared = await perform(sandbox.current, 'server.update', {
			updateFields: { inboundSpamThreshold: 0, trackOpens: false },
		});
		expect(cleared.rows[0]).toMatchObject({ InboundSpamThreshold: 0, TrackOpens: false, Name: 'Shop 商店' });
	});

	test.each([
		[{}, "'Update Fields' names no field to change [item 0]"],
		[{ inboundSpamThreshold: 7 }, "'Inbound Spam Threshold' is 7 [item 0]"],
		[{ name: ' ' }, "'Name' is empty [item 0]"],
	])('%j is named before anything is asked', async (updateFields, words) => {
		const { message } = await refusal(sandbox.current, 'server.update', { updateFields });
		expect(message).toBe(words);
		expect(asked(sandbox.current)).toEqual([]);
	});
});

describe('Custom API Call', () => {
	test('takes API tokens out of whatever comes back', async () => {
		const spec = { method: 'GET', query: '{"count":10,"offset":0}' };
		const account = await perform(sandbox.current, 'customAccount.request', { ...spec, path: '/servers' });
		expect(account.rows[0]).toMatchObject({ TotalCount: 2 });
		expect(JSON.stringify(account.rows)).not.toMatch(/ApiTokens|sandbox-server-token/);
		const server = await perform(sandbox.current, 'custom.request', { method: 'GET', path: '/server' });
		expect(server.rows[0]).toMatchObject({ ID: 1001 });
		expect(JSON.stringify(server.rows)).not.toMatch(/ApiTokens|sandbox-server-token/);
	});

	test('sends what Postmark wants of a request without a body too', async () => {
		const { ID } = sandbox.current.postmark.bounce({ email: 'ana@yunhe.example' });
		const { rows } = await perform(sandbox.current, 'custom.request', {
			method: 'PUT',
			path: `/bounces/${ID}/activate`,
		});
		expect(rows[0]).toMatchObject({ Message: 'OK' });
	});
});

describe('the sign-in of a webhook', () => {
	const ADDRESS = 'https://n8n:secret-4711@n8n.example/webhook/a/webhook?key=secret-4712';
	const SHOWN = 'https://***:***@n8n.example/webhook/a/webhook?***';
	const name = 'bounceHookUrl';

	beforeEach(async () => {
		await perform(sandbox.current, 'server.update', {
			updateFields: { inboundHookUrl: ADDRESS, [name]: ADDRESS },
		});
	});

	test.each([
		['server.get', {}],
		['server.update', { updateFields: { inboundHookUrl: ADDRESS } }],
		['accountServer.get', { server: 1001 }],
		['accountServer.getAll', {}],
		['accountServer.update', { server: 1001, updateFields: { color: 'red' } }],
		['accountServer.create', { name: 'New', additionalFields: { inboundHookUrl: ADDRESS } }],
		['custom.request', { method: 'GET', path: '/server' }],
		['customAccount.request', { method: 'GET', path: '/servers', query: '{"count":10,"offset":0}' }],
	])('does not come out of %s', async (operation, parameters) => {
		const { rows } = await perform(sandbox.current, operation, parameters);
		expect(JSON.stringify(rows)).toContain(SHOWN);
		expect(JSON.stringify(rows)).not.toMatch(/471[12]/);
	});

	test('does not come out of a custom call for webhooks', async () => {
		const options = {
			username: 'n8n',
			password: 'secret-4713',
			headers: { header: [{ name: 'X-Secret', value: 'secret-4714' }] },
		};
		await perform(sandbox.current, 'webhook.create', {
			url: ADDRESS,
			stream: 'outbound',
			events: ['Bounce'],
			options,
		});
		const call = { method: 'GET', path: '/webhooks', query: '{"MessageStream":"outbound"}' };
		for (const [operation, parameters] of [
			['custom.request', call],
			['webhook.getAll', {}],
		] as const) {
			const { rows } = await perform(sandbox.current, operation, parameters);
			expect(JSON.stringify(rows)).toContain(SHOWN);
			expect(JSON.stringify(rows)).toContain('"HttpAuth":{"Username":"n8n"}');
			expect(JSON.stringify(rows)).toContain('"HttpHeaders":[{"Name":"X-Secret"}]');
			expect(JSON.stringify(rows)).not.toMatch(/471[1-4]/);
		}
	});

	test('is not written back as its mask', async () => {
		const [row] = (await perform(sandbox.current, 'server.get')).rows;
		sandbox.current.requests.clear();
		const { message } = await refusal(sandbox.current, 'server.update', {
			updateFields: { inboundHookUrl: row!.InboundHookUrl },
		});
		expect(message).toBe("'Inbound Hook URL' holds an address whose sign-in is masked [item 0]");
		const url = { url: row!.InboundHookUrl, stream: 'outbound', events: ['Bounce'] };
		expect((await refusal(sandbox.current, 'webhook.create', url)).message).toContain(
			"'URL' holds an address",
		);
		expect(asked(sandbox.current)).toEqual([]);
	});
});

describe('the dropdown of message streams', () => {
	const streams = async (): Promise<INodePropertyOptions[]> => {
		const node = nodeUnderTest({
			...operationNode(sandbox.current, 'email.send'),
			credentials: postmarkCredential(sandbox.current),
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

test('an operation of before, which the node no longer has, says what to do', async () => {
	const run = await runNode(operationNode(sandbox.current, 'server.getAll'));
	expect(run.json(NODE)).toEqual([]);
	expect(run.error?.message).toBe("This node has no operation 'getAll' for 'server'");
});
