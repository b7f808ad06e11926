import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { invalid, SendPulseError } from './errors';
import { bodyOf } from './lists';
import { ADDRESS, type MailingList, nowStamp } from './records';

/** Numbers as the description has them: 1 valid, 2 unconfirmed, 3 invalid. The stand-in takes `bad…` for one that is not there. */
const statusOf = (email: string) => (/^bad/i.test(email) ? 3 : 1);
const TEXT: Record<number, string> = { 1: 'Valid', 3: 'Invalid' };

/** `/verifier-service` (official description, verifier.yaml). Lists are done when they are asked for the second time. */
export function verifierRoutes(app: FastifyInstance, account: Account): void {
	const { verified } = account;
	const at = '/verifier-service';
	const listOf = (id: unknown): MailingList => {
		const found = account.lists.get(Number(id));
		if (found === undefined) throw new SendPulseError(404, 213, 'Book not found');
		return found;
	};
	const queryOf = (request: FastifyRequest) => request.query as Record<string, string>;
	app.post(`${at}/send-single-to-verify`, async (request) => {
		const { email } = bodyOf(request) as { email: string };
		if (!ADDRESS.test(email)) throw invalid('Argument email is invalid');
		verified.addresses.push(email.toLowerCase());
		return { result: true };
	});
	app.get(`${at}/get-single-result`, async (request) => {
		const { email = '' } = queryOf(request);
		if (!verified.addresses.includes(email.toLowerCase())) return { result: false };
		const status = statusOf(email);
		const checks = {
			status,
			valid_format: 1,
			disposable: 0,
			webmail: 0,
			gibberish: 0,
			status_text: TEXT[status],
		};
		return { result: true, data: { email, checks } };
	});
	app.post(`${at}/send-list-to-verify`, async (request) => {
		const { id, contacts } = listOf(bodyOf(request).id);
		if (contacts.size === 0) throw invalid('Mailing list is empty', 211);
		verified.lists.push(id);
		return { result: true };
	});
	app.get(`${at}/get-progress`, async (request) => {
		const { id, contacts } = listOf(queryOf(request).id);
		if (!verified.lists.includes(id)) return { result: false };
		return { result: true, data: { total: contacts.size, processed: contacts.size } };
	});
	app.get(`${at}/check`, async (request) => {
		const { id, start = '0', count = '10' } = queryOf(request);
		const list = listOf(id);
		if (!verified.lists.includes(list.id)) throw invalid('Mailing list is not verified', 14);
		const all = resultsOf(list);
		return {
			...summaryOf(list),
			email_addresses: all.slice(Number(start), Number(start) + Number(count)),
			email_addresses_total: all.length,
		};
	});
	app.get(`${at}/check-list`, async (request) => {
		const { start = '0', count = '10' } = queryOf(request);
		const all = [...new Set(verified.lists)].map((id) => ({
			...summaryOf(listOf(id)),
			is_garbage_in_book: false,
		}));
		return { total: all.length, list: all.slice(Number(start), Number(start) + Number(count)) };
	});
}

const resultsOf = ({ contacts }: MailingList) =>
	[...contacts.values()].map(({ email }, at) => ({
		id: at + 1,
		email_address: email,
		check_date: nowStamp(),
		status: statusOf(email),
		status_text: TEXT[statusOf(email)],
	}));

function summaryOf(list: MailingList) {
	const bad = resultsOf(list).filter(({ status }) => status === 3).length;
	return {
		id: list.id,
		address_book_name: list.name,
		all_emails_quantity: list.contacts.size,
		status: bad === 0 ? 1 : 2,
		check_date: nowStamp(),
		data: { 0: 0, 1: list.contacts.size - bad, 2: 0, 3: bad },
		is_updated: 0,
		status_text: 'Verified',
	};
}
