import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Client } from '../../core/http/client';
import type { ServiceContext, ServiceDefinition } from '../../core/http/definition';
import { offsetPagination, type Paginator } from '../../core/http/pagination';
import type { HttpResponse } from '../../core/http/response';
import { service, type Service } from '../../core/http/service';
import { explain } from './errors';

/** “10 simultaneous connections” of a user (https://mailchimp.com/developer/marketing/docs/fundamentals/#throttling). */
const CONNECTIONS = 10;
/** “Any API call that takes longer than 120 seconds” is ended by Mailchimp (same page). */
const TIMEOUT_MS = 130_000;

type Data = ICredentialDataDecryptedObject;

/** The data center at the end of a key: `us19`. Tokens, and keys cut off, have none. */
export const dataCenterOf = (key: unknown): string | undefined =>
	/-([a-z]+\d+)$/.exec(String(key ?? '').trim())?.[1];

/** Where the API is, without a slash at the end. Without a data center the host that serves them all. */
export function baseUrl({ baseUrl: given, apiKey }: Data): string {
	const base = String(given || 'https://<dc>.api.mailchimp.com/3.0').replace(/\/+$/, '');
	const dc = dataCenterOf(apiKey);
	return dc === undefined ? base.replace(/<dc>[./]?/, '') : base.replace('<dc>', dc);
}

/** Every data center has an address of its own, and there is one for all: they are the same service. */
function siteOf(credential: Data): string {
	const { hostname, origin } = new URL(baseUrl(credential));
	return /(?:^|\.)mailchimp\.com$/i.test(hostname) ? 'mailchimp.com' : origin;
}

const secretOf = ({ apiKey, oauthTokenData }: Data): string =>
	String(apiKey ?? (oauthTokenData as IDataObject | undefined)?.access_token ?? '').trim();

const digest = (credential: Data): string =>
	createHash('sha256')
		.update(`${baseUrl(credential)} ${secretOf(credential)}`)
		.digest('hex')
		.slice(0, 16);

/** Whose connections a key or token uses up: all of a user share them, so the user is asked for once and kept. */
const users = new Map<string, string>();

/** When it was asked in vain (epoch milliseconds): each item of a workflow that is in trouble would ask again otherwise. */
const unanswered = new Map<string, number>();
const ASK_AGAIN_MS = 5 * 60_000;

/**
 * “204 No Content” with the ID of the request, which each of its answers has
 * (https://mailchimp.com/developer/marketing/docs/errors/; recorded in github.com/grouparoo/grouparoo,
 * plugins/@grouparoo/mailchimp/__tests__/fixtures).
 */
const isOwnYes = ({ status, headers }: HttpResponse): boolean =>
	status === 204 && headers['x-request-id'] !== undefined;

const definitionOf = (credential: string): ServiceDefinition => ({
	name: 'Mailchimp',
	credential,
	baseUrl,
	limits: () => ({ concurrency: CONNECTIONS }),
	account: (data) => users.get(digest(data)) ?? digest(data),
	mapError: explain,
	isOwnYes,
	timeoutMs: TIMEOUT_MS,
});

const byKey = service(definitionOf('mailOpsMailchimpApi'));
const byOAuth2 = service({ ...definitionOf('mailOpsMailchimpOAuth2Api'), signIn: { by: 'oauth2' } });

/** Which of the two credentials the node signs in with. */
function chosen(context: ServiceContext): typeof byKey {
	const read = context.getNodeParameter as (name: string, ...rest: unknown[]) => unknown;
	const authentication =
		'getInputData' in context
			? read.call(context, 'authentication', 0)
			: read.call(context, 'authentication');
	return authentication === 'oAuth2' ? byOAuth2 : byKey;
}

/** Mailchimp, with the connections of the user whose key or token it is. */
export const mailchimp: Service = {
	async open(context) {
		const by = chosen(context);
		const client = await by.open(context);
		if (users.has(digest(client.credential)) || isAskedLately(client)) return client;
		await learnUser(client);
		return await by.open(context);
	},
};

function isAskedLately({ credential }: Client): boolean {
	const at = unanswered.get(digest(credential));
	return at !== undefined && Date.now() - at < ASK_AGAIN_MS;
}

/** What keeps the user from being known keeps the operation itself from working, and is told there. */
async function learnUser(client: Client): Promise<void> {
	try {
		const { account_id: account, login_id: user } = await client.get<IDataObject>('/', {
			fields: 'account_id,login_id',
		});
		if (user !== undefined)
			users.set(
				digest(client.credential),
				`${siteOf(client.credential)} user ${String(account)} ${String(user)}`,
			);
	} catch {
		// Until then the key counts alone.
		unanswered.set(digest(client.credential), Date.now());
	}
}

/** Mailchimp's lists: `count` (1,000 at most) and `offset`, with the number of all. */
export const listOf = (rows: string): Paginator =>
	offsetPagination({ rows, offset: 'offset', limit: 'count', total: 'total_items', maxSize: 1000 });

/** Links to other functions of the API: never wanted, and half of every answer. */
export const noLinks = (...rows: string[]): { exclude_fields: string } => ({
	exclude_fields: ['_links', ...rows.map((name) => `${name}._links`)].join(','),
});

/** The same for answers of writes, which take no `exclude_fields`. */
export function withoutLinks(row: IDataObject): IDataObject {
	const { _links, ...rest } = row;
	return rest;
}
