import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { installParsers, UnreadableJson } from '../../shell/parsers';
import { type Api, type Asked, type Handler, readRequest } from './api';
import { attachmentRoutes } from './attachments';
import { answerBatch } from './batch';
import { Deltas } from './delta';
import { bodyOf, denied, GraphError } from './errors';
import { eventOf, eventRoutes } from './events';
import { folderRoutes } from './folders';
import type { Mailbox } from './mailbox';
import { messageOf, messageRoutes } from './messages';
import { describe, faultOf } from './official';
import { demand } from './permissions';
import { photoRoutes } from './photos';
import { plainRoutes } from './plain';
import type { Item } from './records';
import { demandSelectable } from './selectable';
import { sendingRoutes } from './sending';
import type { OutlookState } from './state';
import type { Store } from './store';
import type { Grant } from './tokens';
import { users } from './users';

const BODY_LIMIT = 8 * 1024 * 1024;

/** Whose mailbox a request is for, and with which rights. */
interface Visit {
	grant: Grant;
	mailbox: Mailbox;
	/** To be called when it is answered. */
	leave(): void;
}

/**
 * All routes of the API. Parts of a batch come through an instance of their own, by no wire.
 *
 * @param workMs how long a request takes by itself
 */
export function mountApi(
	app: FastifyInstance,
	state: OutlookState,
	workMs: () => number,
	inner?: () => FastifyInstance,
): void {
	installParsers(app, BODY_LIMIT);
	app.setErrorHandler(async (error, _request, reply) => await refuse(error, reply));
	app.setNotFoundHandler(
		async (_request, reply) =>
			await reply.code(404).send(bodyOf(404, 'ResourceNotFound', 'Resource not found for the segment.')),
	);
	const visits = new WeakMap<FastifyRequest, Visit>();
	const api: Api & { local(address: string): Mailbox | undefined } = {
		app,
		get url() {
			return state.url;
		},
		on(method, path, handler) {
			for (const root of ['/me', '/users/:user']) add(method, `${root}${path}`, handler);
		},
		local: (address) => state.directory.local(address),
	};
	const add = (method: string, path: string, handler: Handler) =>
		app.route({
			method,
			url: `/v1.0${path}`,
			async handler(request, reply) {
				const visit = enter(request, state);
				visits.set(request, visit);
				// “Response headers: … the request-id” (learn.microsoft.com/graph/use-the-api).
				reply.header('request-id', randomUUID());
				reply.header('date', state.now().toUTCString());
				const asked = readRequest(request, reply, visit.mailbox);
				try {
					if (workMs() > 0) await pause(workMs());
					demandDescribed(request, asked);
					const answer = await handler(asked);
					return answer === undefined ? await reply.send() : answer;
				} finally {
					visit.leave();
				}
			},
		});
	messageRoutes(api, state.post);
	sendingRoutes(api, state.post);
	folderRoutes(api);
	attachmentRoutes(api, '/messages/:message', messageOf, state.uploads);
	attachmentRoutes(api, '/events/:event', eventOf, state.uploads);
	eventRoutes(api);
	records(api);
	photoRoutes(api);
	state.deltas = new Deltas(api);
	state.deltas.routes();
	userRoutes(add, state);
	state.subscriptions.routes(app, state.tokens);
	if (inner) batchRoute(app, state, inner);
}

/** @throws {GraphError} 401, 403, 404, 429 */
function enter(request: FastifyRequest, state: OutlookState): Visit {
	const grant = state.tokens.check(request.headers.authorization);
	const { user: named } = request.params as { user?: string };
	const path = pathOf(request);
	if (/^\/me(?:\/|$)/.test(path) && grant.user === undefined)
		throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
	const isDirectory = /^\/users(?:\/[^/]+(?:\/manager\/\$ref)?)?$/.test(path);
	const foreign =
		named !== undefined && grant.user !== undefined && state.directory.find(named)?.id !== grant.user;
	demand(grant, request.method, path, foreign && !isDirectory);
	const mailbox = isDirectory ? state.ofDirectory : state.directory.mailbox(named ?? grant.user!);
	if (foreign && !isDirectory && !state.directory.shared.get(mailbox.address.toLowerCase())?.has(grant.user!))
		throw denied();
	const bytes =
		request.method === 'GET'
			? 0
			: (request.passage?.bytesIn ?? Number(request.headers['content-length'] ?? 0));
	const leave = state.limits.enter(mailbox.owner, bytes);
	state.post.tick();
	return { grant, mailbox, leave };
}

const pathOf = ({ url }: FastifyRequest): string =>
	(url.split('?')[0] ?? '').replace(/^.*?\/v1\.0(?=\/)/, '');

/** What the official description does not know is a mistake. @throws {GraphError} 400 */
function demandDescribed(request: FastifyRequest, { path, query }: Asked): void {
	const described = describe(request.method, path);
	if (described === undefined)
		throw new GraphError(400, 'BadRequest', `${request.method} ${path} is not described.`);
	const known = new Set(described.query ?? []);
	const unknown = Object.keys(query).find(
		(name) => !known.has(name) && !/^\$(deltatoken|skiptoken|select|expand)$/i.test(name),
	);
	if (unknown !== undefined)
		throw new GraphError(400, 'BadRequest', `The query parameter '${unknown}' is not described for ${path}.`);
	demandSelectable(path, query.$select);
	const hasBody = request.body !== undefined && request.body !== null;
	if (described.body === undefined) {
		if (hasBody && Object.keys(request.body as object).length > 0)
			throw new GraphError(400, 'BadRequest', 'A body, where none is described.');
		return;
	}
	const fault = hasBody ? faultOf(described.body, request.body) : undefined;
	if (fault !== undefined)
		throw new GraphError(
			400,
			fault.startsWith('Requested value') ? 'ErrorInvalidArgument' : 'RequestBodyRead',
			fault,
		);
}

function records(api: Api): void {
	const kind = (name: keyof Mailbox['kinds']) => (asked: Asked) => asked.mailbox.kinds[name];
	plainRoutes(api, {
		path: '/contacts',
		parameter: 'contact',
		store: ({ mailbox }) => mailbox.contacts,
		required: [],
		folder: () => '',
		permanent: true,
		isItem: true,
	});
	plainRoutes(api, {
		path: '/contactFolders/:folder/contacts',
		parameter: 'contact',
		store: ({ mailbox }) => mailbox.contacts,
		required: [],
		folder: ({ params, mailbox }) => mailbox.kinds.contactFolder.find(params.folder ?? '')?.id ?? lost(),
		isItem: true,
	});
	plainRoutes(api, {
		path: '/contactFolders',
		parameter: 'folder',
		store: kind('contactFolder'),
		required: ['displayName'],
		unique: ['displayName', 'ErrorFolderExists'],
	});
	calendarRoutes(api, kind);
	plainRoutes(api, {
		path: '/outlook/masterCategories',
		parameter: 'category',
		store: kind('outlookCategory'),
		required: ['displayName'],
		unique: ['displayName', 'CategoryNameAlreadyExists'],
		defaults: { color: 'none' },
		fixed: ['displayName'],
	});
	plainRoutes(api, {
		path: '/mailFolders/:box/messageRules',
		parameter: 'rule',
		store: kind('messageRule'),
		required: ['displayName', 'sequence', 'actions'],
		defaults: { isEnabled: true, hasError: false, isReadOnly: false },
	});
	api.on('GET', '/mailboxSettings', ({ mailbox }) => mailbox.settings);
	api.on('PATCH', '/mailboxSettings', ({ mailbox, body }) => {
		const { automaticRepliesSetting: replies, ...rest } = body as { automaticRepliesSetting?: object };
		Object.assign(mailbox.settings, rest);
		if (replies)
			mailbox.settings.automaticRepliesSetting = {
				...(mailbox.settings.automaticRepliesSetting as object),
				...replies,
			};
		return mailbox.settings;
	});
}

/** Calendars of all groups, those of one, and the groups. */
function calendarRoutes(api: Api, kind: (name: keyof Mailbox['kinds']) => (asked: Asked) => Store): void {
	const calendars = {
		parameter: 'calendar',
		store: kind('calendar'),
		required: ['name'],
		unique: ['name', 'ErrorFolderExists'] as [string, string],
		defaults: { color: 'auto', isDefaultCalendar: false, canEdit: true },
		isKept: ({ props }: Item) => props.isDefaultCalendar === true,
		onChange: toDefault,
	};
	plainRoutes(api, { ...calendars, path: '/calendars' });
	plainRoutes(api, {
		...calendars,
		path: '/calendarGroups/:group/calendars',
		folder: ({ params, mailbox }) => mailbox.kinds.calendarGroup.find(params.group ?? '')?.id ?? lost(),
	});
	plainRoutes(api, {
		path: '/calendarGroups',
		parameter: 'group',
		store: kind('calendarGroup'),
		required: ['name'],
		unique: ['name', 'ErrorFolderExists'],
	});
}

/** A mailbox has one default calendar; no page says what would become of one that is asked to be it no more. */
function toDefault(calendar: Item, { mailbox, body }: Asked): void {
	if (body.isDefaultCalendar === undefined || body.isDefaultCalendar === calendar.props.isDefaultCalendar)
		return;
	if (body.isDefaultCalendar !== true)
		throw new GraphError(400, 'ErrorInvalidArgument', 'A mailbox needs a default calendar.');
	mailbox.kinds.calendar.touch(mailbox.calendar, { isDefaultCalendar: false });
}

function lost(): never {
	throw new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

function userRoutes(
	add: (method: string, path: string, handler: Handler) => void,
	state: OutlookState,
): void {
	const at = {
		directory: state.directory,
		get url() {
			return state.url;
		},
	};
	add('GET', '/me', (asked) => users.get(at, asked));
	add('GET', '/users', (asked) => users.list(at, asked));
	add('POST', '/users', (asked) => users.create(at, asked));
	add('GET', '/users/:user', (asked) => users.get(at, asked));
	add('PATCH', '/users/:user', (asked) => users.update(at, asked));
	add('DELETE', '/users/:user', (asked) => users.remove(at, asked));
	add('PUT', '/users/:user/manager/$ref', (asked) => users.setManager(at, asked));
	add('DELETE', '/users/:user/manager/$ref', (asked) => users.removeManager(at, asked));
}

function batchRoute(app: FastifyInstance, state: OutlookState, inner: () => FastifyInstance): void {
	app.post('/v1.0/$batch', async (request) => {
		state.tokens.check(request.headers.authorization);
		const authorization = request.headers.authorization ?? '';
		return await answerBatch((request.body ?? {}) as never, inner(), { authorization }, state.settings);
	});
}

async function refuse(error: unknown, reply: FastifyReply): Promise<unknown> {
	if (error instanceof GraphError) {
		for (const [name, value] of Object.entries(error.headers)) reply.header(name, value);
		return await reply.code(error.status).send(bodyOf(error.status, error.code, error.message));
	}
	const { statusCode, message } = error as { statusCode?: number; message: string };
	if (error instanceof UnreadableJson)
		return await reply.code(400).send(bodyOf(400, 'BadRequest', 'Unable to read JSON request payload.'));
	return await reply
		.code(statusCode ?? 500)
		.send(bodyOf(statusCode ?? 500, undefined, statusCode === undefined ? message : undefined));
}
