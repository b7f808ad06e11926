import MailComposer from 'nodemailer/lib/mail-composer';
import { PostmarkError } from './errors';
import { recipientsOf } from './message';
import { dateRange, readPage } from './paging';
import type { StoredMessage } from './records';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';

const FILTERS = [
	'recipient',
	'fromemail',
	'tag',
	'status',
	'fromdate',
	'todate',
	'subject',
	'messagestream',
	'metadata_*',
];
const BAD_QUERY = 700;

/** `GET /messages/outbound`, newest first, with details and raw source (postmarkapp.com/developer/api/messages-api). */
export const outboundMessages: Resource = ({ app, state, server }) => {
	const find = (of: PostmarkServer, id: string): StoredMessage => {
		const message = of.message(id);
		if (!message) throw new PostmarkError(701, `There is no message with the id '${id}'.`);
		return message;
	};

	app.get('/messages/outbound', async (request) => {
		const of = server(request);
		const { count, offset, filters } = readPage(request, state, FILTERS, BAD_QUERY);
		const inRange = dateRange(filters, BAD_QUERY);
		const visible = Date.now() - state.settings.searchDelayMs;
		const wanted = matcher(filters);
		const found = of
			.withWords(wordsOf(filters))
			.filter((message) => message.at <= visible && inRange(message.at) && wanted(message));
		const page = found.toReversed().slice(offset, offset + count);
		return { TotalCount: found.length, Messages: page.map((message) => summary(message, of)) };
	});

	app.get<{ Params: { id: string } }>('/messages/outbound/:id/details', async (request) => {
		const of = server(request);
		const message = find(of, request.params.id);
		return {
			TextBody: message.text ?? '',
			HtmlBody: message.html ?? '',
			Body: await source(message),
			...summary(message, of),
			MessageEvents: recipientsOf(message)
				.filter(({ Email }) => !message.suppressed.includes(Email))
				.map(({ Email }) => ({
					Recipient: Email,
					Type: 'Delivered',
					ReceivedAt: new Date(message.at).toISOString(),
					Details: {
						DeliveryMessage: 'smtp;250 2.0.0 OK',
						DestinationServer: 'mx.sandbox.invalid',
						DestinationIP: '192.0.2.1',
					},
				})),
		};
	});

	app.get<{ Params: { id: string } }>('/messages/outbound/:id/dump', async (request) => ({
		Body: await source(find(server(request), request.params.id)),
	}));
};

function wordsOf(filters: Record<string, string>): string[] {
	return Object.entries(filters).flatMap(([name, value]) => {
		if (name === 'recipient') return [`recipient:${value.toLowerCase()}`];
		if (name === 'tag') return [`tag:${value}`];
		if (name.startsWith('metadata_')) return [`metadata:${name.slice('metadata_'.length)}=${value}`];
		return [];
	});
}

function matcher(filters: Record<string, string>): (message: StoredMessage) => boolean {
	const { status, fromemail, subject, messagestream } = filters;
	if (status !== undefined && !['queued', 'sent', 'processed'].includes(status.toLowerCase())) {
		throw new PostmarkError(
			BAD_QUERY,
			`The parameter 'status' must be queued, sent or processed, not '${status}'.`,
		);
	}
	// Every message here is sent the moment it is accepted, so none is ever queued.
	const anyStatus = status?.toLowerCase() !== 'queued';
	const from = fromemail?.toLowerCase();
	const words = subject?.toLowerCase();
	return (message) =>
		anyStatus &&
		(from === undefined || message.from.Email.toLowerCase() === from) &&
		(words === undefined || message.subject.toLowerCase().includes(words)) &&
		(messagestream === undefined || message.stream === messagestream);
}

function summary(message: StoredMessage, server: PostmarkServer) {
	const { from } = message;
	return {
		Tag: message.tag ?? '',
		MessageID: message.id,
		To: message.to,
		Cc: message.cc,
		Bcc: message.bcc,
		Recipients: recipientsOf(message).map(({ Email }) => Email),
		ReceivedAt: new Date(message.at).toISOString(),
		From: from.Name ? `"${from.Name}" <${from.Email}>` : from.Email,
		Subject: message.subject,
		Attachments: message.attachments.map(({ name }) => name),
		Status: 'Sent',
		TrackOpens: message.trackOpens,
		TrackLinks: message.trackLinks,
		Metadata: message.metadata,
		Sandboxed: server.deliveryType === 'Sandbox',
		MessageStream: message.stream,
	};
}

/** The message as it would travel, without Bcc. */
async function source(message: StoredMessage): Promise<string> {
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
