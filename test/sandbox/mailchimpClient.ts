import type { Sandbox } from '../../sandbox';
import { ask } from './client';

type Json = Record<string, unknown>;
type Calls = Record<string, (...given: unknown[]) => Promise<Json>>;

/** What of the official client the tests use; it brings no types. */
interface OfficialClient extends Record<string, unknown> {
	setConfig(config: { apiKey: string; server: string }): void;
	basePath: string;
	lists: Calls;
	batches: Calls;
	campaigns: Calls;
	templates: Calls;
	reports: Calls;
	searchMembers: Calls;
	ping: Calls;
	root: Calls;
	fileManager: Calls;
	ecommerce: Calls;
	customerJourneys: Calls;
	automations: Calls;
	campaignFolders: Calls;
	searchCampaigns: Calls;
}

/** Mailchimp's own client, pointed at the sandbox. */
export function officialClient(sandbox: Sandbox): OfficialClient {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const client = require('@mailchimp/mailchimp_marketing') as OfficialClient;
	client.setConfig({ apiKey: sandbox.mailchimp.apiKey, server: 'us6' });
	client.basePath = sandbox.mailchimp.url;
	return client;
}

/** What the client threw: the problem document with its status. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; body: Json }> {
	try {
		await call;
	} catch (error) {
		const { status, response } = error as { status: number; response: { body: Json } };
		return { status, body: response?.body ?? {} };
	}
	throw new Error('It was not refused.');
}

/** Calls Mailchimp by hand, for what its own client would not send. */
export async function mailchimpCall<T = Json>(
	sandbox: Sandbox,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
) {
	const key = Buffer.from(`x:${sandbox.mailchimp.apiKey}`).toString('base64');
	return await ask<T>(`${sandbox.mailchimp.url}${path}`, {
		method,
		headers: { authorization: `Basic ${key}`, 'content-type': 'application/json', ...headers },
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
}
