import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { missing, SendPulseError } from './errors';
import { bodyOf, contactOf, listOf } from './lists';
import { type Contact, type MailingList, STATUSES } from './records';

interface Place {
	list: MailingList;
	contact: Contact;
}

/** Where an address is. */
function placesOf(email: string, { lists }: Account): Place[] {
	return [...lists.values()].flatMap((list) => {
		const contact = list.contacts.get(email.toLowerCase());
		return contact ? [{ list, contact }] : [];
	});
}

const variablesOf = ({ variables }: Contact) =>
	Object.entries(variables).map(([name, value]) => ({
		name,
		type: typeof value === 'number' ? 'number' : 'string',
		value,
	}));

/** Contacts by variable, phone numbers, and an address across all lists (answers as public clients show them). */
export function contactPartRoutes(app: FastifyInstance, account: Account): void {
	app.get('/addressbooks/:id/variables/:name/:value', async (request) => {
		const { name, value } = request.params as { name: string; value: string };
		const all = [...listOf(request, account).contacts.values()];
		if (!all.some(({ variables }) => Object.hasOwn(variables, name)))
			throw new SendPulseError(404, 299, 'Variable not found');
		return all
			.filter(({ variables }) => String(variables[name]) === value)
			.map(({ email, status }) => ({ email, status, status_explain: STATUSES[status] }));
	});
	app.put('/addressbooks/:id/phone', async (request) => {
		const { email, phone } = bodyOf(request) as { email: string; phone: string };
		contactOf(listOf(request, account), { email }).phone = phone;
		return { result: true };
	});
	app.get('/addressbooks/:id/cost', async (request) => {
		const { contacts } = listOf(request, account);
		const count = [...contacts.values()].filter(({ status }) => status !== 3).length;
		return {
			cur: 'USD',
			sent_emails_qty: count,
			overdraftAllEmailsPrice: 0,
			addressesDeltaFromBalance: 0,
			addressesDeltaFromTariff: count,
			max_emails_per_task: 500,
			result: true,
		};
	});
	addressRoutes(app, account);
}

function addressRoutes(app: FastifyInstance, account: Account): void {
	const known = (email: string) => {
		const places = placesOf(email, account);
		if (places.length === 0) throw new SendPulseError(404, 17, 'Email not found');
		return places;
	};
	const statisticOf = (email: string) => {
		const sent = [...account.campaigns.values()].filter(({ lists }) =>
			placesOf(email, account).some(({ list }) => lists.includes(list.id)),
		).length;
		return { sent, open: 0, link: 0 };
	};
	app.get<{ Params: { email: string } }>('/emails/:email', async ({ params: { email } }) =>
		known(email).map(({ list, contact }) => ({
			book_id: list.id,
			email: contact.email,
			status: contact.status,
			status_explain: STATUSES[contact.status],
			variables: variablesOf(contact),
		})),
	);
	app.delete<{ Params: { email: string } }>('/emails/:email', async ({ params: { email } }) => {
		for (const { list } of known(email)) list.contacts.delete(email.toLowerCase());
		return { result: true };
	});
	app.get<{ Params: { email: string } }>('/emails/:email/details', async ({ params: { email } }) =>
		known(email).map(({ list }) => ({
			list_name: list.name,
			list_id: list.id,
			add_date: list.created,
			source: 'api',
		})),
	);
	app.get<{ Params: { email: string } }>('/emails/:email/campaigns', async ({ params: { email } }) => ({
		statistic: statisticOf(email),
		blacklist: account.blacklist.has(email.toLowerCase()),
		addressbooks: placesOf(email, account).map(({ list }) => ({ id: list.id, address_book_name: list.name })),
	}));
	const each = (emails: unknown, work: (email: string) => unknown) => {
		if (!Array.isArray(emails) || emails.length === 0) throw missing('emails', 832);
		return Object.fromEntries(
			emails
				.map(String)
				.flatMap((email) => (placesOf(email, account).length > 0 ? [[email, work(email)]] : [])),
		);
	};
	app.post('/emails', async (request) =>
		each(bodyOf(request).emails, (email) =>
			placesOf(email, account).map(({ list, contact }) => ({
				book_id: list.id,
				status: contact.status,
				variables: variablesOf(contact),
			})),
		),
	);
	app.post('/emails/campaigns', async (request) =>
		each(bodyOf(request).emails, (email) => ({
			...statisticOf(email),
			adressbooks: placesOf(email, account).map(({ list }) => ({ id: list.id, name: list.name })),
			blacklist: account.blacklist.has(email.toLowerCase()),
		})),
	);
}
