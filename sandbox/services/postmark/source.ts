import MailComposer from 'nodemailer/lib/mail-composer';
import type { StoredMessage } from './records';

/** The message as it would travel, without Bcc. */
export async function sourceOf(message: StoredMessage): Promise<string> {
	const person = ({ Email, Name }: { Email: string; Name: string }) => ({ address: Email, name: Name });
	const composer = new MailComposer({
		from: person(message.from),
		to: message.to.map(person),
		cc: message.cc.map(person),
		replyTo: message.replyTo || undefined,
		subject: message.subject,
		text: message.text,
		html: message.html,
		date: new Date(message.at),
		messageId: `<${message.id}@sandbox.invalid>`,
		headers: message.headers.map(({ Name, Value }) => ({ key: Name, value: Value })),
		attachments: message.attachments.map(({ name, contentType, contentId, content = '' }) => ({
			filename: name,
			contentType,
			cid: contentId,
			content,
			encoding: 'base64',
		})),
	});
	return (await composer.compile().build()).toString();
}
