import type { FastifyInstance } from 'fastify';
import { invalid } from '../errors';
import { FLAG, IDS, TEXT, knownQuery, readBody, selected, wholeNumber } from '../fields';
import type { Tenant } from '../tenant';
import { parseKql, type Matcher } from './kql';
import { type Mailbox, type Message, WELL_KNOWN } from './mailbox';
import { MESSAGE_FIELDS, showMessage } from './messageView';
import { readWritten } from './writing';

const MESSAGE_BYTES = 30 * 1024 * 1024;
const BATCH = { type: 'texts', max: 100 } as const;

type OfMailbox = { Params: { user: string } };
type OfMessage = { Params: { user: string; id: string } };
type OfFolder = { Params: { user: string; folder: string } };

/** Messages below `/v2/users/{address}` (help.aliyun.com/document_detail/2856076.html and 2856396.html). */
export function messageRoutes(app: FastifyInstance, tenant: Tenant): void {
	const box = (which: string): Mailbox => tenant.post.mailbox(which);
	const show = (message: Message, fields: string[] | undefined, isList = false) =>
		showMessage(message, fields, { headers: tenant.settings.showHeaders }, isList);

	app.post<OfMailbox>('/v2/users/:user/messages', { bodyLimit: MESSAGE_BYTES }, async (request) => {
		const fields = selected(knownQuery(request.query, ['$select']), MESSAGE_FIELDS);
		const mailbox = box(request.params.user);
		const user = tenant.directory.users.get(mailbox.owner)!;
		const written = readWritten(request.body, mailbox, [user.email, ...user.emailAliases]);
		const draft = mailbox.put(WELL_KNOWN.drafts, tenant.clock.stamp(), { ...written, isRead: true });
		return { message: show(draft, fields) };
	});

	app.get<OfMessage>('/v2/users/:user/messages/:id', async (request) => {
		const fields = selected(knownQuery(request.query, ['$select']), MESSAGE_FIELDS);
		return { message: show(box(request.params.user).message(request.params.id), fields) };
	});

	app.post<OfMessage>('/v2/users/:user/messages/:id/send', async (request, reply) => {
		knownQuery(request.query, []);
		const { saveToSentItems } = readBody(request.body, { saveToSentItems: FLAG });
		const mailbox = box(request.params.user);
		const draft = mailbox.message(request.params.id);
		tenant.post.send(mailbox, draft, saveToSentItems === true, tenant.settings.sendTakesMs);
		return await reply.send();
	});

	app.get<OfFolder>('/v2/users/:user/mailFolders/:folder/messages', async (request) => {
		const query = knownQuery(request.query, [
			'cursor',
			'size',
			'orderby',
			'isAscending',
			'startTime',
			'endTime',
			'$select',
		]);
		const fields = selected(query, MESSAGE_FIELDS);
		const mailbox = box(request.params.user);
		const [from, until] = [moment(query.startTime, 'startTime'), moment(query.endTime, 'endTime')];
		const rows = mailbox.in(mailbox.folder(request.params.folder).id).filter(({ receivedDateTime }) => {
			const at = Date.parse(receivedDateTime);
			return (from === undefined || at >= from) && (until === undefined || at < until);
		});
		const sorted = inOrder(rows, query.orderby === 'DES' || query.isAscending === 'false');
		const { page, next } = pageOf(sorted, query.cursor, wholeNumber(query, 'size', 20, 1, 100));
		return {
			messages: page.map((message) => show(message, fields, true)),
			hasMore: next !== undefined,
			nextCursor: next ?? '',
		};
	});

	app.post<OfMailbox>('/v2/users/:user/messages/query', { config: { reads: true } }, async (request) => {
		const fields = selected(knownQuery(request.query, ['$select']), MESSAGE_FIELDS);
		const { query, cursor, size = 20 } = (request.body ?? {}) as Record<string, unknown>;
		if (typeof query !== 'string') throw invalid('"query" must be a text.', 'query');
		if (!Number.isInteger(size) || (size as number) < 1 || (size as number) > 100)
			throw invalid('"size" must be a whole number from 1 to 100.', 'size');
		const matches: Matcher = parseKql(query);
		const found = inOrder([...box(request.params.user).messages.values()].filter(matches), true);
		const { page, next } = pageOf(found, cursor, size as number);
		return {
			messages: page.map((message) => show(message, fields, true)),
			total: found.length,
			nextCursor: next ?? '$',
		};
	});

	batchRoutes(app, tenant);
}

/** Changes of up to 100 messages at once. What an unknown id comes to is not documented: here it refuses all of them. */
function batchRoutes(app: FastifyInstance, tenant: Tenant): void {
	const all = (which: string, ids: unknown): { mailbox: Mailbox; messages: Message[] } => {
		const mailbox = tenant.post.mailbox(which);
		return { mailbox, messages: (ids as string[]).map((id) => mailbox.message(id)) };
	};
	const touch = (message: Message, changes: Partial<Message>) =>
		Object.assign(message, changes, { lastModifiedDateTime: tenant.clock.stamp() });

	app.post<OfMailbox>('/v2/users/:user/messages/batchUpdate', async (request, reply) => {
		knownQuery(request.query, []);
		const rules = { ids: BATCH, action: { type: 'enum', values: ['markRead', 'markUnread'] } } as const;
		const body = readBody(request.body, rules, ['ids', 'action']);
		for (const message of all(request.params.user, body.ids).messages)
			touch(message, { isRead: body.action === 'markRead' });
		return await reply.send();
	});

	app.post<OfMailbox>('/v2/users/:user/messages/move', async (request, reply) => {
		knownQuery(request.query, []);
		const body = readBody(request.body, { ids: BATCH, destinationFolderId: TEXT }, [
			'ids',
			'destinationFolderId',
		]);
		const { mailbox, messages } = all(request.params.user, body.ids);
		const folderId = mailbox.folder(body.destinationFolderId as string).id;
		for (const message of messages) touch(message, { folderId });
		return await reply.send();
	});

	// Whether it goes to Deleted first is not documented. Here it does, and what is there already is gone for good.
	app.post<OfMailbox>('/v2/users/:user/messages/batchDelete', async (request, reply) => {
		knownQuery(request.query, []);
		const rules = { ids: IDS, deleteType: { type: 'enum', values: ['USER_DELETED'] } } as const;
		const body = readBody(request.body, rules, ['ids', 'deleteType']);
		const { mailbox, messages } = all(request.params.user, body.ids);
		for (const message of messages) {
			if (message.folderId === WELL_KNOWN.deleted) mailbox.messages.delete(message.id);
			else touch(message, { folderId: WELL_KNOWN.deleted });
		}
		return await reply.send();
	});
}

function inOrder(rows: Message[], newestFirst: boolean): Message[] {
	const sign = newestFirst ? -1 : 1;
	return rows.sort(
		(a, b) => sign * (Date.parse(a.receivedDateTime) - Date.parse(b.receivedDateTime) || a.seq - b.seq),
	);
}

/** A cursor is the id of the last message of the page before. */
function pageOf(
	rows: Message[],
	cursor: unknown,
	size: number,
): { page: Message[]; next: string | undefined } {
	const after = typeof cursor === 'string' && cursor !== '' && cursor !== '$' ? cursor : undefined;
	const from = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
	if (after !== undefined && from === 0) throw invalid('"cursor" is not one this list has given.', 'cursor');
	const page = rows.slice(from, from + size);
	return { page, next: from + size < rows.length ? page.at(-1)?.id : undefined };
}

function moment(given: unknown, name: string): number | undefined {
	if (given === undefined || given === '') return undefined;
	const at = Date.parse(String(given));
	if (Number.isNaN(at) || !/T.*(?:Z|[+-]\d\d:\d\d)$/.test(String(given)))
		throw invalid(`"${name}" must be a time as in RFC 3339.`, name);
	return at;
}
