import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { isLocal } from '../../shell/deliveries';
import type { Directory } from './directory';
import { badRequest, denied } from './errors';
import type { Kind, Mailbox } from './mailbox';
import { handshakeFault } from './notifications';
import { faultOf } from './official';
import { demand } from './permissions';
import { type Props, wantsImmutable } from './records';
import type { OutlookSettings } from './settings';
import { CLIENT, type Grant } from './tokens';

/** Who is told of what. */
export interface Subscription {
	readonly id: string;
	readonly resource: string;
	readonly watched: Watched;
	readonly changeTypes: string[];
	readonly clientState: string | null;
	readonly lifecycleNotificationUrl: string | null;
	notificationUrl: string;
	/** Epoch milliseconds. */
	expiresAt: number;
	/** Whose it is: the user's ID, or the app's. */
	readonly creator: string;
	readonly immutable: boolean;
	/** After `reauthorizationRequired` nothing is told until it is authorized again. */
	isPaused: boolean;
}

export interface Watched {
	mailbox: Mailbox;
	kind: Kind;
	/** Undefined for all of the mailbox. */
	folder?: string;
}

export interface World {
	directory: Directory;
	settings: OutlookSettings;
	now(): Date;
}

/** Outlook’s messages, events and contacts (learn.microsoft.com/graph/api/resources/subscription, “Subscription lifetime”). */
const LONGEST_MINUTES = 10_080;
const SHORTEST_MINUTES = 45;
/** “1000 active subscriptions for Outlook resources per mailbox” (learn.microsoft.com/graph/outlook-change-notifications-overview). */
const MOST = 1_000;
const MINUTE_MS = 60_000;
const TYPES = ['created', 'updated', 'deleted'];

const NEW = {
	of: {
		changeType: 'string',
		notificationUrl: 'string',
		lifecycleNotificationUrl: 'string',
		resource: 'string',
		expirationDateTime: 'time',
		clientState: 'string',
		latestSupportedTlsVersion: 'string',
	},
};
export const CHANGE = { of: { expirationDateTime: 'time', notificationUrl: 'string' } };

/** A new subscription, when its address has proved that it is there. @throws {GraphError} */
export async function subscriptionOf(
	request: FastifyRequest,
	grant: Grant,
	active: Subscription[],
	world: World,
): Promise<Subscription> {
	const body = bodyOf(request, NEW);
	for (const name of ['changeType', 'notificationUrl', 'resource', 'expirationDateTime'])
		if (typeof body[name] !== 'string' || body[name] === '')
			throw badRequest(`The property '${name}' is required.`, 'InvalidRequest');
	const changeTypes = String(body.changeType).split(',');
	if (changeTypes.some((type) => !TYPES.includes(type)) || new Set(changeTypes).size < changeTypes.length)
		throw badRequest(`Invalid changeType '${String(body.changeType)}'.`, 'InvalidRequest');
	const clientState = (body.clientState as string | undefined) ?? null;
	if (clientState !== null && clientState.length > 128)
		throw badRequest("The property 'clientState' is longer than 128 characters.", 'InvalidRequest');
	const watched = watchedBy(String(body.resource), grant, world);
	const expiresAt = endOf(body.expirationDateTime, world);
	if (active.filter((one) => one.watched.mailbox === watched.mailbox).length >= MOST)
		throw denied('The maximum number of active subscriptions of this mailbox is reached.');
	for (const name of ['notificationUrl', 'lifecycleNotificationUrl'])
		if (typeof body[name] === 'string') await demandAnswer(body[name], name);
	return {
		id: randomUUID(),
		resource: String(body.resource),
		watched,
		changeTypes,
		clientState,
		notificationUrl: String(body.notificationUrl),
		lifecycleNotificationUrl: (body.lifecycleNotificationUrl as string | undefined) ?? null,
		expiresAt,
		creator: creatorOf(grant),
		immutable: wantsImmutable(String(request.headers.prefer ?? '')),
		isPaused: false,
	};
}

/** @throws {GraphError} 400 for what cannot be watched, 403 for somebody else's mailbox without an app's permission, 404 */
function watchedBy(resource: string, grant: Grant, { directory }: World): Watched {
	const parts =
		/^\/?(?:(me)|users\/([^/]+))\/(?:mailFolders(?:\('([^']+)'\)|\/([^/]+))\/)?(messages|events|contacts)$/i.exec(
			resource,
		);
	const kind = parts?.[5]?.toLowerCase().slice(0, -1) as Kind | undefined;
	const folder = parts?.[3] ?? parts?.[4];
	if (parts === null || kind === undefined || (folder !== undefined && kind !== 'message'))
		throw badRequest(`The resource '${resource}' is not supported.`, 'InvalidRequest');
	const named = parts[2] === undefined ? undefined : decodeURIComponent(parts[2]);
	if (named === undefined && grant.user === undefined)
		throw badRequest('/me request is only valid with delegated authentication flow.', 'BadRequest');
	// A user's sign-in is told only of the own mailbox (learn.microsoft.com/graph/outlook-share-messages-folders).
	const owner = named === undefined ? grant.user! : directory.mailbox(named).owner;
	if (grant.user !== undefined && owner !== grant.user) throw denied();
	demand(grant, 'GET', `/me/${kind}s`, false);
	const mailbox = directory.mailbox(owner);
	return { mailbox, kind, ...(folder === undefined ? {} : { folder: mailbox.folder(folder).id }) };
}

/** Shorter ones last 45 minutes. @throws {GraphError} 400 for one that is past, or too long */
export function endOf(given: unknown, { now: clock }: World): number {
	const now = clock().getTime();
	const at = Date.parse(String(given));
	if (!(at > now)) throw badRequest('Subscription expiration can only be in the future.', 'InvalidRequest');
	if (at > now + LONGEST_MINUTES * MINUTE_MS)
		throw badRequest(
			`Subscription expiration can only be ${LONGEST_MINUTES} minutes in the future.`,
			'InvalidRequest',
		);
	return Math.max(at, now + SHORTEST_MINUTES * MINUTE_MS);
}

export const creatorOf = ({ user }: Grant): string => user ?? CLIENT.id;

/** @throws {GraphError} 400 for what the description does not know */
export function bodyOf({ body }: FastifyRequest, type: Parameters<typeof faultOf>[0]): Props {
	const given = (body ?? {}) as Props;
	const fault = faultOf(type, given);
	if (fault !== undefined) throw badRequest(fault, 'InvalidRequest');
	return given;
}

/** Only here, on this computer, an address may do without https. @throws {GraphError} 400 */
export async function demandAnswer(url: unknown, name: string): Promise<void> {
	if (typeof url !== 'string' || !URL.canParse(url) || (!url.startsWith('https:') && !isLocal(url)))
		throw badRequest(`The ${name} must be an address with https.`, 'InvalidRequest');
	const fault = await handshakeFault(url);
	if (fault !== undefined) throw badRequest(fault, 'ValidationError');
}
