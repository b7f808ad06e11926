import { PostmarkError } from './errors';
import { recipientsOf } from './message';
import { dateRange, readPage } from './paging';
import { type MessageEvent, type StoredMessage, deliveredEvent } from './records';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import { sourceOf } from './source';

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
			Body: await sourceOf(message),
			...summary(message, of),
			MessageEvents: eventsOf(message),
		};
	});

	app.get<{ Params: { id: string } }>('/messages/outbound/:id/dump', async (request) => ({
		Body: await sourceOf(find(server(request), request.params.id)),
	}));
};

/** What happened to the message; whoever it was not refused by has it at once, since nothing here takes its time. */
function eventsOf(message: StoredMessage): MessageEvent[] {
	const known = new Set(
		message.events
			.filter(({ Type }) => Type === 'Delivered' || Type === 'Bounced')
			.map(({ Recipient }) => Recipient),
	);
	const delivered = recipientsOf(message)
		.filter(({ Email }) => !message.suppressed.includes(Email) && !known.has(Email))
		.map(({ Email }) => deliveredEvent(Email, message.at));
	return [...delivered, ...message.events];
}

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
