import { createHash, randomUUID } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { LimitScope, ServiceContext, ServiceDefinition, SignIn } from '../../core/http/definition';
import { linkPagination } from '../../core/http/pagination';
import type { RequestLine } from '../../core/http/response';
import { service, type Service } from '../../core/http/service';
import { parts } from './batch';
import { graphUrlOf } from './clouds';
import { explain, isGone } from './errors';
import { meaningIn } from './errors/aadsts';
import { mailboxIn } from './mailbox';
import { claimsOf, TOKEN } from './token';

type Data = ICredentialDataDecryptedObject;

/** “4 concurrent requests” and “10,000 API requests in a 10 minute period” (https://learn.microsoft.com/graph/throttling-limits, Outlook). */
const MAILBOX = { concurrency: 4, perTenMinutes: 10_000 };
/** Requests to several mailboxes side by side. */
const CONCURRENCY = 16;

/** Whose requests are counted: the app's, for who signed in with it. No token: those change. */
function account(credential: Data, credentialId: string): string {
	const token = (credential.oauthTokenData as IDataObject | undefined)?.access_token;
	const claims = claimsOf(token);
	const who = [
		credential.clientId,
		claims?.oid ?? (token === undefined ? credential.tenant : credentialId),
	].join(' ');
	return `${graphUrlOf(credential)} ${createHash('sha256').update(who).digest('hex').slice(0, 16)}`;
}

/** Requests with which a message leaves. */
const SENDS = /\/(?:sendMail|messages\/[^/]+\/send)$/;

/** A message that Exchange is given now and lets go at a time of its own. */
export const LATER = 'later';

/** “Message rate limit: 30 messages per minute”, a mailbox (https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits, sending limits). */
export const messagesPerMinute = ({ messagesPerMinute: set }: Data): number => Math.max(1, Number(set) || 30);

/** What counts by itself: each mailbox, and what leaves it. */
function scope({ path, countedAs }: RequestLine, credential: Data): LimitScope | undefined {
	const mailbox = mailboxIn(path);
	if (mailbox === undefined) return undefined;
	if (!SENDS.test(path) || countedAs === LATER) return { name: `mailbox ${mailbox}`, limits: MAILBOX };
	return { name: `sending ${mailbox}`, limits: { ...MAILBOX, perMinute: messagesPerMinute(credential) } };
}

/** The IDs that stay when a message is moved, with what else is preferred (https://learn.microsoft.com/graph/outlook-immutable-id). */
export const prefer = (...more: string[]): Record<string, string> => ({
	Prefer: ['IdType="ImmutableId"', ...more].join(', '),
});

function definitionOf(credential: string, signIn: SignIn): ServiceDefinition {
	return {
		name: 'Outlook',
		credential,
		baseUrl: graphUrlOf,
		limits: () => ({ concurrency: CONCURRENCY }),
		scope,
		account,
		signIn,
		mapError: explain,
		isGone,
		parts,
		/** A new ID for each request: Microsoft's support finds it by that. */
		get headers() {
			return { ...prefer(), 'client-request-id': randomUUID() };
		},
	};
}

const byUser = service(definitionOf('mailOpsOutlookOAuth2Api', { by: 'oauth2', explain: meaningIn }));
const byApp = service(definitionOf('mailOpsOutlookAppOAuth2Api', { by: 'token', ...TOKEN }));

/** Outlook, signed in as the node says. */
export const outlook: Service = {
	async open(context: ServiceContext) {
		const read = context.getNodeParameter as (name: string, ...rest: unknown[]) => unknown;
		const authentication =
			'getInputData' in context
				? read.call(context, 'authentication', 0)
				: read.call(context, 'authentication');
		return await (authentication === 'app' ? byApp : byUser).open(context);
	},
};

/** Graph's lists: the link to the next page is followed whole. Messages come up to 1,000 at a time. */
export const pagesOf = (maxSize: number) =>
	linkPagination({ rows: 'value', next: '@odata.nextLink', size: '$top', maxSize });
