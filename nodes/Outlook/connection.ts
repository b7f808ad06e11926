import { createHash, randomUUID } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { LimitScope, ServiceContext, ServiceDefinition, SignIn } from '../../core/http/definition';
import { linkPagination } from '../../core/http/pagination';
import { isData, type HttpResponse, type RequestLine } from '../../core/http/response';
import { service, type Service } from '../../core/http/service';
import { learnNames } from './api/names';
import { AT_ONCE, parts } from './batch';
import { graphUrlOf } from './clouds';
import { explain, isGone } from './errors';
import { meaningIn } from './errors/aadsts';
import { countedName, isDirectory, mailboxIn } from './mailbox';
import { claimsIn, claimsOf, TOKEN } from './token';

type Data = ICredentialDataDecryptedObject;

/** What is only counted over a time. */
const ANY_NUMBER = { concurrency: Infinity, limitsConnections: false };
/** “10,000 API requests in a 10 minute period” and “150 megabytes (MB) upload (PATCH, POST, PUT) in a 5-minute period” (https://learn.microsoft.com/graph/throttling-limits, Outlook). */
const MAILBOX = { ...ANY_NUMBER, perTenMinutes: 10_000, bytesPerFiveMinutes: 150_000_000 };
/** “4 concurrent requests” (same page). Few enough to be counted over all workers. */
const PLACES = { concurrency: AT_ONCE, areCountedTogether: true };
/** Requests of all kinds side by side. */
const CONCURRENCY = 16;

const hashed = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 16);

/** Whom the requests are made for: the app, and who signed in with it. No token: those change. */
function account(credential: Data, credentialId: string): string {
	const token = (credential.oauthTokenData as IDataObject | undefined)?.access_token;
	const claims = claimsOf(token);
	const who = [
		credential.clientId,
		claims?.oid ?? (token === undefined ? credential.tenant : credentialId),
	].join(' ');
	return `${graphUrlOf(credential)} ${hashed(who)}`;
}

/** Who shares the limits: the app in a tenant, whoever signs in with it. */
const limitedAs = (credential: Data): string =>
	`${graphUrlOf(credential)} app ${hashed(`${String(credential.clientId)} ${String(claimsIn(credential).tid ?? credential.tenant).toLowerCase()}`)}`;

/** Requests with which a message leaves. */
const SENDS = /\/(?:sendMail|messages\/[^/]+\/send)$/;

/** A message that Exchange is given now and lets go at a time of its own. */
export const LATER = 'later';

/** “Message rate limit: 30 messages per minute”, a mailbox (https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits, sending limits). */
export const messagesPerMinute = ({ messagesPerMinute: set }: Data): number => Math.max(1, Number(set) || 30);

/** Whether more was under way than Outlook takes at once: “over its MailboxConcurrency limit”. */
const isAboutPlaces = ({ body }: HttpResponse): boolean =>
	isData(body) && JSON.stringify(body.error ?? '').includes('MailboxConcurrency');

/** What Outlook counts: what is under way, what each mailbox is asked and given, and what leaves it. */
function scopes({ path, countedAs }: RequestLine, credential: Data, account: string): LimitScope[] {
	if (isDirectory(path)) return [{ name: 'directory', limits: PLACES }];
	const mailbox = mailboxIn(path);
	if (mailbox === undefined) return [];
	const name = countedName(mailbox, credential, account);
	const places = credential.requestsAtOnce === 'mailbox' ? `places of ${name}` : 'places';
	const counted: LimitScope[] = [
		{ name: places, limits: PLACES, refuses: isAboutPlaces },
		{ name: `mailbox ${name}`, limits: MAILBOX },
	];
	if (!SENDS.test(path) || countedAs === LATER) return counted;
	const pace = { ...ANY_NUMBER, perMinute: messagesPerMinute(credential) };
	return [...counted, { name: `sending ${name}`, limits: pace }];
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
		scopes,
		learn: learnNames,
		account,
		limitedAs,
		/** Of an upload session (https://learn.microsoft.com/graph/outlook-large-attachments). */
		uploadAddress: 'uploadUrl',
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
