import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { invalid, missing, SendPulseError } from './errors';
import { bodyOf, page } from './lists';
import { ADDRESS, nowStamp, type Person, type SmtpEmail } from './records';
import { plain } from './serialized';

type Data = Record<string, unknown>;

/** `POST /smtp/emails` and what can be asked of it afterwards (official description, smtp.yaml). */
export function smtpRoutes(app: FastifyInstance, account: Account): void {
	app.post('/smtp/emails', async (request) => {
		if (!account.settings.hasSmtp)
			throw invalid('No such SMTP user, you need to create SMTP account first', 400);
		const email = plain(bodyOf(request).email);
		if (typeof email !== 'object' || email === null) throw missing('email');
		const id = `sb${account.newId().toString(36)}-0afezp-fc`;
		account.emails.push({ id, at: Date.now(), ...readEmail(email as Data, account) });
		return { result: true, id };
	});
	app.get('/smtp/emails', async (request) => {
		const { sender, recipient, from, to } = request.query as Record<string, string>;
		const found = account.emails.filter(
			(email) =>
				(!sender || email.from.email === sender) &&
				(!recipient || email.to.some((person) => person.email === recipient)) &&
				(!from || nowStamp(email.at) >= from) &&
				(!to || nowStamp(email.at).slice(0, to.length) <= to),
		);
		return page(found.toReversed(), request).map(viewOf);
	});
	app.get('/smtp/emails/total', async () => ({ total: account.emails.length }));
	app.get('/smtp/emails/:id', async (request) => {
		const { id } = request.params as { id: string };
		const found = account.emails.find((email) => email.id === id);
		if (!found) throw new SendPulseError(400, 14, 'Message not found');
		return viewOf(found);
	});
	app.post('/smtp/emails/info', async (request) => {
		const { emails } = bodyOf(request);
		if (!Array.isArray(emails)) throw missing('emails');
		if (emails.length > 500) throw invalid('Limit is exceeded. Max count: 500');
		return account.emails.filter(({ id }) => emails.includes(id)).map(viewOf);
	});
}

const viewOf = ({ id, from, to, subject, at, html = '' }: SmtpEmail) => ({
	id,
	sender: from.email,
	total_size: html.length,
	sender_ip: '192.0.2.10',
	smtp_answer_code: 250,
	smtp_answer_subcode: '0',
	smtp_answer_data: 'OK',
	used_ip: '192.0.2.11',
	recipient: to[0]?.email ?? '',
	subject,
	send_date: nowStamp(at),
	tracking: { click: 0, open: 0, link: [], client_info: [] },
});

function readEmail(email: Data, account: Account): Omit<SmtpEmail, 'id' | 'at'> {
	const [from] = people([email.from], 'from.email', 10);
	if (from === undefined) throw missing('from.email', 10);
	if (!account.senders.has(from.email.toLowerCase())) throw invalid('Sender is not valid', 422);
	const to = people(email.to, 'email.to', 11);
	if (to.length === 0) throw missing('email.to', 11);
	if (typeof email.subject !== 'string' || email.subject === '') throw missing('subject', 12);
	const [replyTo] = email.reply_to === undefined ? [] : people([email.reply_to], 'reply_to', 422);
	return {
		from,
		to,
		cc: people(email.cc, 'cc', 422),
		bcc: people(email.bcc, 'bcc', 422),
		subject: email.subject,
		...(replyTo ? { replyTo } : {}),
		...wordsOf(email, account),
		attachments: attachmentsOf(email),
	};
}

function wordsOf(email: Data, { templates }: Account): Pick<SmtpEmail, 'html' | 'text' | 'template'> {
	if (email.template !== undefined) {
		const { id, variables } = email.template as { id?: unknown; variables?: unknown };
		if (id === undefined || id === '') throw missing('template.id', 10);
		if (!templates.has(String(id))) throw invalid('Template not found', 31);
		if (typeof variables !== 'object' || variables === null || Array.isArray(variables))
			throw invalid('Variables list passed in wrong format', 731);
		return { template: { id: String(id), variables: variables as Data } };
	}
	if (typeof email.html !== 'string' || typeof email.text !== 'string')
		throw invalid('Missed email body', 13);
	return { html: Buffer.from(email.html, 'base64').toString('utf8'), text: email.text };
}

function attachmentsOf(email: Data): SmtpEmail['attachments'] {
	const { attachments = {}, attachments_binary: binary = {} } = email as Record<
		string,
		Record<string, string>
	>;
	if (Array.isArray(binary) || typeof binary !== 'object')
		throw invalid('Argument attachments_binary is invalid');
	return [
		...Object.entries(attachments).map(([name, text]) => ({ name, content: Buffer.from(text) })),
		...Object.entries(binary).map(([name, text]) => ({ name, content: Buffer.from(text, 'base64') })),
	];
}

function people(value: unknown, argument: string, code: number): Person[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw invalid(`Argument ${argument} is invalid`, code);
	return value.map((one: unknown) => {
		const { email, name } = (one ?? {}) as { email?: unknown; name?: unknown };
		if (typeof email !== 'string') throw missing(argument, code);
		if (!ADDRESS.test(email)) throw invalid(`Argument ${argument} is invalid`, code);
		return { email, ...(typeof name === 'string' && name !== '' ? { name } : {}) };
	});
}
