import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { addContacts } from './adding';
import { invalid, missing, SendPulseError } from './errors';
import { type Contact, type MailingList, nowStamp, STATUSES, type Variable } from './records';
import { plain } from './serialized';

/** The list that a path names. @throws {SendPulseError} 213 */
export function listOf(request: FastifyRequest, { lists }: Account): MailingList {
	const list = lists.get(Number((request.params as { id: string }).id));
	if (list === undefined) throw new SendPulseError(404, 213, 'Book not found');
	return list;
}

/** `?limit=100&offset=0`: a plain array, and nothing that tells how many there are. */
export function page<T>(rows: T[], request: FastifyRequest): T[] {
	const { limit = '100', offset = '0' } = request.query as Record<string, string>;
	const [size, from] = [Number(limit), Number(offset)];
	if (!Number.isInteger(size) || size < 1 || size > 100) throw invalid('Limit is exceeded. Max count: 100');
	if (!Number.isInteger(from) || from < 0) throw invalid('Argument offset is invalid');
	return rows.slice(from, from + size);
}

export const bodyOf = (request: FastifyRequest) => (request.body ?? {}) as Record<string, unknown>;

function textIn(body: Record<string, unknown>, name: string, code?: number): string {
	const text = body[name];
	if (typeof text !== 'string' || text.trim() === '') throw missing(name, code);
	return text;
}

function viewOf({ id, name, created, contacts }: MailingList) {
	const all = [...contacts.values()];
	const active = all.filter(({ status }) => status !== 3).length;
	return {
		id,
		name,
		all_email_qty: all.length,
		active_email_qty: active,
		inactive_email_qty: all.length - active,
		creationdate: created,
		status: 0,
		status_explain: 'Active',
	};
}

export const contactView = ({ email, status, variables, phone }: Contact) => ({
	email,
	status,
	status_explain: STATUSES[status],
	...(phone ? { phone } : {}),
	variables,
});

const typeOf = (value: Variable) => (typeof value === 'number' ? 'number' : 'string');

export function listRoutes(app: FastifyInstance, account: Account): void {
	app.post('/addressbooks', async (request) => {
		const name = textIn(bodyOf(request), 'bookName', 201);
		demandFree(name, account);
		const id = account.newId();
		account.lists.set(id, { id, name, created: nowStamp(), contacts: new Map() });
		return { id };
	});
	app.get('/addressbooks', async (request) => page([...account.lists.values()], request).map(viewOf));
	app.get('/addressbooks/:id', async (request) => [viewOf(listOf(request, account))]);
	app.put('/addressbooks/:id', async (request) => {
		const list = listOf(request, account);
		const name = textIn(bodyOf(request), 'name', 201);
		if (name !== list.name) demandFree(name, account);
		list.name = name;
		return { result: true };
	});
	app.delete('/addressbooks/:id', async (request) => ({
		result: account.lists.delete(listOf(request, account).id),
	}));
	app.get('/addressbooks/:id/variables', async (request) => {
		const types = new Map<string, string>();
		for (const { variables } of listOf(request, account).contacts.values())
			for (const [name, value] of Object.entries(variables)) types.set(name, typeOf(value));
		return [...types].map(([name, type]) => ({ name, type }));
	});
	contactRoutes(app, account);
}

function demandFree(name: string, { lists }: Account): void {
	if ([...lists.values()].some((list) => list.name === name)) throw invalid('Book name already in use', 203);
}

function contactRoutes(app: FastifyInstance, account: Account): void {
	app.get('/addressbooks/:id/emails', async (request) => {
		const { active, not_active: inactive } = request.query as Record<string, string>;
		const wanted = [...listOf(request, account).contacts.values()].filter(
			({ status }) => (!active || status !== 3) && (!inactive || status === 3),
		);
		return page(wanted, request).map(contactView);
	});
	app.get('/addressbooks/:id/emails/total', async (request) => ({
		total: listOf(request, account).contacts.size,
	}));
	app.get('/addressbooks/:id/emails/:email', async (request) => {
		const list = listOf(request, account);
		const { email, phone, status, variables } = contactOf(list, request.params as { email: string });
		return {
			email,
			abook_id: String(list.id),
			phone,
			status,
			status_explain: STATUSES[status],
			variables: Object.entries(variables).map(([name, value]) => ({ name, type: typeOf(value), value })),
		};
	});
	app.post('/addressbooks/:id/emails', async (request) => {
		addContacts(listOf(request, account), bodyOf(request), account);
		return { result: true };
	});
	app.delete('/addressbooks/:id/emails', async (request) => {
		const list = listOf(request, account);
		for (const { email } of named(list, request)) {
			list.contacts.delete(email.toLowerCase());
			account.reports.email('delete', email, { book_id: list.id });
		}
		return { result: true };
	});
	app.post('/addressbooks/:id/emails/unsubscribe', async (request) => {
		for (const contact of named(listOf(request, account), request)) contact.status = 3;
		return { result: true };
	});
	app.post('/addressbooks/:id/emails/variable', async (request) => {
		const { email, variables } = bodyOf(request) as {
			email?: string;
			variables?: Array<{ name: string; value: Variable }>;
		};
		if (!email) throw missing('email');
		if (!Array.isArray(variables) || variables.some(({ name }) => !name))
			throw invalid('Variables list passed in wrong format', 731);
		const contact = contactOf(listOf(request, account), { email });
		for (const { name, value } of variables) contact.variables[name] = value;
		return { result: true };
	});
}

export function contactOf({ contacts }: MailingList, { email }: { email: string }): Contact {
	const found = contacts.get(email.toLowerCase());
	if (found === undefined) throw new SendPulseError(404, 17, 'Email not found');
	return found;
}

/** The contacts that a request names. @throws {SendPulseError} 303 when none of them is in the list */
function named({ contacts }: MailingList, request: FastifyRequest): Contact[] {
	const emails = plain(bodyOf(request).emails);
	if (!Array.isArray(emails)) throw missing('emails');
	if (emails.length > 100) throw invalid('Limit is exceeded. Max count: 100');
	const found = emails
		.map((email) => contacts.get(String(email).toLowerCase()))
		.filter((one) => one !== undefined);
	if (found.length === 0) throw new SendPulseError(404, 303, 'Emails not found in book');
	return found;
}
