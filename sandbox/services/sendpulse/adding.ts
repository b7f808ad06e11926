import type { Account } from './account';
import { invalid, missing } from './errors';
import { plain } from './serialized';
import { ADDRESS, type MailingList, type Variable } from './records';

/**
 * Adds or updates: an address that is there gets the variables given. Who has unsubscribed stays so, and who is on the
 * blacklist does not come in; what is no address is left out without a word, which is how public clients describe it.
 */
export function addContacts(list: MailingList, body: Record<string, unknown>, account: Account): void {
	if (body.emails === undefined) throw missing('emails');
	const emails = plain(body.emails);
	if (!Array.isArray(emails)) throw invalid('Argument emails is invalid');
	if (emails.length > account.settings.maxContacts)
		throw invalid(`Limit is exceeded. Max count: ${account.settings.maxContacts}`);
	const isDouble = body.confirmation === 'force';
	if (isDouble) demandConfirmation(body, account);
	for (const one of emails as unknown[]) {
		const { email, variables = {} } = typeof one === 'string' ? { email: one } : asContact(one);
		const key = email.toLowerCase();
		if (!ADDRESS.test(email) || account.blacklist.has(key)) continue;
		const there = list.contacts.get(key);
		if (there) Object.assign(there.variables, variables);
		else {
			list.contacts.set(key, { email, phone: '', status: isDouble ? 0 : 1, variables: { ...variables } });
			if (body.disable_webhook !== true)
				account.reports.email('new_emails', email, { book_id: list.id, source: 'api', variables });
		}
	}
}

function asContact(one: unknown): { email: string; variables?: Record<string, Variable> } {
	const { email, variables } = (one ?? {}) as { email?: unknown; variables?: unknown };
	if (typeof email !== 'string') throw invalid('Argument emails is invalid');
	if (variables === undefined) return { email };
	if (typeof variables !== 'object' || variables === null || Array.isArray(variables))
		throw invalid('Variables list passed in wrong format', 731);
	return { email, variables: variables as Record<string, Variable> };
}

/** A confirmation goes out from a sender of the account, in the words of a template or in one of SendPulse's languages. */
function demandConfirmation(body: Record<string, unknown>, { senders }: Account): void {
	if (typeof body.sender_email !== 'string' || body.sender_email === '') throw missing('sender_email');
	if (!senders.has(body.sender_email.toLowerCase())) throw invalid('Sender is not valid', 704);
	if (!body.template_id && !body.message_lang) throw missing('message_lang');
}
