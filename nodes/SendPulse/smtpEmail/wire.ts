import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import type { Address } from '../../../core/mail/address';
import type { Envelope, Mail } from '../../../core/mail/compose';
import { escapeHtml } from '../../../core/text';
import { DONE } from '../connection';
import { filesByName, inBase64 } from '../files';

const person = ({ name, address }: Address) => ({ email: address, ...(name === '' ? {} : { name }) });

/** Who it goes from and to, and its files. @throws {ServiceError} for what has no place in the request */
export function envelopeOf({ from, to, cc, bcc, replyTo, attachments }: Envelope): IDataObject {
	if (replyTo.length > 1)
		throw refused(`'Reply To' has ${replyTo.length} addresses, and one is taken`, 'Enter one.', 'Reply To');
	return {
		// SendPulse wants a name; the address is what is shown where none is given.
		from: { email: from.address, name: from.name || from.address },
		to: to.map(person),
		...(cc.length === 0 ? {} : { cc: cc.map(person) }),
		...(bcc.length === 0 ? {} : { bcc: bcc.map(person) }),
		...(replyTo[0] === undefined ? {} : { reply_to: person(replyTo[0]) }),
		...(attachments.length === 0 ? {} : { attachments_binary: filesByName(attachments) }),
	};
}

/** The description wants HTML and text together: what is missing is made from the other. */
export function toSendPulse(mail: Mail): IDataObject {
	const { subject, html, text = '' } = mail;
	const page = html ?? `<p>${escapeHtml(text).replace(/\r?\n/g, '<br>')}</p>`;
	return { ...envelopeOf(mail), subject, html: inBase64(page), text };
}

/** https://sendpulse.com/integrations/api/smtp: one email a request. Nothing tells it from another one afterwards. */
export async function sendEmail(email: IDataObject, client: Client): Promise<IDataObject> {
	return await client.send({
		method: 'POST',
		path: '/smtp/emails',
		body: { email },
		idempotent: false,
		answer: DONE,
		manualCheck: 'Look in SendPulse (SMTP → Statistics) whether the email is there.',
	});
}

const refused = (message: string, remedy: string, field: string) =>
	new ServiceError({ message, remedy, field, outcome: 'notSent' });
