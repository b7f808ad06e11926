import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Postmark } from '../../../nodes/Postmark/Postmark.node';
import { engineWith, nodeUnderTest, runNode } from '../../support/runNode';
import { postmarkCredential } from '../../support/services';
import { TriggerHost } from '../../support/triggerHost';
import { describedAs, faultsOf } from './described';
import { operationNode } from './operations';
import { byAlias, putTemplate } from './template/templates';
import { send, serverOf, useTrigger } from './trigger/support';

interface Seen {
	method: string;
	path: string;
	body: string;
	headers: IncomingMessage['headers'];
}

const { sandbox } = useTrigger();
let between: Server;
let seen: Seen[] = [];

/** Stands between the node and the stand-in, and keeps what goes through. */
async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { method = 'GET', url = '/', headers } = request;
	const body = Buffer.concat(chunks).toString();
	seen.push({ method, path: url, body, headers });
	const sent = Object.entries(headers).filter(([name]) => /^(accept$|content-type$|x-)/.test(name));
	const answer = await fetch(`${sandbox.current.postmark.url}${url}`, {
		method,
		headers: sent as Array<[string, string]>,
		...(body === '' ? {} : { body }),
	});
	response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
}

beforeAll(async () => {
	between = createServer((request, response) => {
		// A broken connection behind it is a broken one before it.
		pass(request, response).catch(() => response.destroy());
	}).listen(0, '127.0.0.1');
	await once(between, 'listening');
});
afterAll(() => between.close());
beforeEach(() => (seen = []));

const baseUrl = () => `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
const credentials = () => ({
	...postmarkCredential(sandbox.current, { baseUrl: baseUrl() }),
	mailOpsPostmarkAccountApi: { accountToken: sandbox.current.postmark.accountToken, baseUrl: baseUrl() },
});
const perform = async (operation: string, parameters: IDataObject, items?: IDataObject[]) =>
	await runNode(
		{ ...operationNode(sandbox.current, operation, parameters), credentials: credentials() },
		items,
	);

/** The names of the requests that went out, each as Postmark describes it. */
function described(): string[] {
	return seen.map(({ method, path, body, headers }) => {
		const { pathname, searchParams } = new URL(path, baseUrl());
		const name = describedAs(method, pathname);
		expect([`${method} ${path}`, name]).toEqual([`${method} ${path}`, expect.any(String)]);
		const faults = faultsOf(name!, searchParams, body === '' ? undefined : JSON.parse(body));
		expect({ name, faults }).toEqual({ name, faults: [] });
		expect(headers.accept).toContain('application/json');
		return name!;
	});
}

describe('what the lists of the editor ask for', () => {
	const { loadOptions, listSearch, resourceMapping } = new Postmark().methods;
	const all = { ...loadOptions, ...listSearch, ...resourceMapping };
	const LISTS: Record<keyof typeof all, string[]> = {
		getBroadcastStreams: ['GET /message-streams'],
		getLayouts: ['GET /templates'],
		getSendingStreams: ['GET /message-streams'],
		searchBounces: ['GET /bounces'],
		searchDomains: ['GET /domains'],
		searchInboundRules: ['GET /triggers/inboundrules'],
		searchSendingStreams: ['GET /message-streams'],
		searchServers: ['GET /servers'],
		searchSignatures: ['GET /senders'],
		searchStreams: ['GET /message-streams'],
		searchTemplates: ['GET /templates'],
		searchTemplatesAndLayouts: ['GET /templates'],
		searchWebhooks: ['GET /message-streams', 'GET /webhooks'],
		getTemplatePlaceholders: ['GET /templates/{templateIdOrAlias}', 'POST /templates/validate'],
	};

	test.each(Object.entries(LISTS))('%s', async (name, requests) => {
		putTemplate(sandbox.current);
		const isAccount = /Domains|Servers|Signatures/.test(name);
		const node = operationNode(sandbox.current, isAccount ? 'domain.get' : 'email.sendWithTemplate', {
			template: byAlias('welcome'),
		});
		const editor = engineWith(credentials()).editor(nodeUnderTest({ ...node, credentials: credentials() }));
		const ask = all[name as keyof typeof all] as (this: unknown, search?: string) => Promise<unknown>;
		for (const search of [undefined, 'a', 'ana@example.net']) await ask.call(editor, search);
		expect([...new Set(described())].sort()).toEqual(requests);
	});
});

test.each<['postmarkServerToken' | 'postmarkAccountToken', string[]]>([
	['postmarkServerToken', ['GET /server', 'GET /servers']],
	['postmarkAccountToken', ['GET /servers', 'GET /server']],
])('the test of a credential: %s', async (name, requests) => {
	const data: ICredentialDataDecryptedObject = {
		serverToken: 'nope',
		accountToken: 'nope',
		baseUrl: baseUrl(),
	};
	const context = new CredentialTestContext({} as never);
	await new Postmark().methods.credentialTest[name].call(context as never, {
		id: '1',
		name: 'Postmark',
		type: 'test',
		data,
	});
	expect(described()).toEqual(requests);
});

test('the trigger: registered, caught up, taken down', async () => {
	const host = await TriggerHost.start({
		type: 'postmarkTrigger',
		parameters: {
			events: ['bounce', 'click', 'delivery', 'inbound', 'open', 'spamComplaint', 'subscriptionChange'],
			simplify: false,
		},
		credentials: credentials(),
	});
	try {
		await host.activate();
		for (const name of ['cursor', 'inboundCursor', 'lookedAt'])
			if (host.memory[name] !== undefined) host.memory[name] = Date.now() - 30 * 3_600_000;
		const message = await send(sandbox.current);
		const missed = sandbox.current.postmark.bounce({ email: 'ana@example.net', message });
		missed.BouncedAt = new Date(Date.now() - 20 * 3_600_000).toISOString();
		await host.prove({ RecordType: 'Bounce', ID: 1, Email: 'now@example.net' });
		await host.deactivate();
	} finally {
		await host.close();
	}
	expect(serverOf(sandbox.current).webhooks.size).toBe(0);
	expect([...new Set(described())]).toEqual(
		expect.arrayContaining([
			'GET /webhooks',
			'POST /webhooks',
			'GET /server',
			'PUT /server',
			'GET /bounces',
			'GET /messages/inbound',
			'DELETE /webhooks/{webhook}',
		]),
	);
});

describe('what is looked up after an answer got lost', () => {
	const mail = { from: 'people@yunhe.example', to: 'ana@yunhe.example' };

	test.each<[operation: string, parameters: IDataObject, write: string, lookUp: string]>([
		[
			'email.send',
			{ ...mail, subject: 's', text: 't', preventDoubleSending: 'key', onceKey: 'order-1' },
			'/email/batch',
			'GET /messages/outbound',
		],
		[
			'stream.create',
			{ id: 'news', name: 'N', type: 'Broadcasts' },
			'/message-streams',
			'GET /message-streams',
		],
		['inboundRule.create', { rule: 'spam.example' }, '/triggers/inboundrules', 'GET /triggers/inboundrules'],
		['accountServer.create', { name: 'New', deliveryType: 'Live' }, '/servers', 'GET /servers'],
		['domain.create', { name: 'new.example' }, '/domains', 'GET /domains'],
		['senderSignature.create', { email: 'a@new.example', name: 'Ana' }, '/senders', 'GET /senders'],
	])('%s', async (operation, parameters, write, lookUp) => {
		sandbox.current.faults.add({ service: 'postmark', method: 'POST', path: write, kind: 'resetAfter' });
		await perform(operation, parameters);
		const names = described();
		const at = names.indexOf(`POST ${write}`);
		expect(at).toBeGreaterThanOrEqual(0);
		expect(names.slice(at + 1)).toContain(lookUp);
	});
});
