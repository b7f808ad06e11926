import { PostmarkError } from './errors';
import type { InboundMessage } from './inboundRecords';
import { dateRange, readPage } from './paging';
import { postInbound } from './receiving';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';

const BAD_QUERY = 700;
const FILTERS = [
	'recipient',
	'fromemail',
	'subject',
	'mailboxhash',
	'tag',
	'status',
	'fromdate',
	'todate',
	'messagestream',
];
/** The description of the API has the first five, the client "sent" as well. */
const STATUSES = ['blocked', 'processed', 'queued', 'failed', 'scheduled', 'sent'];
type WithId = { Params: { id: string } };

/** `/messages/inbound`, newest first (postmarkapp.com/developer/api/messages-api). */
export const inboundMessages: Resource = ({ app, state, server }) => {
	app.get('/messages/inbound', async (request) => {
		const of = server(request);
		const { count, offset, filters } = readPage(request, state, FILTERS, BAD_QUERY);
		const found = [...of.inbound.values()].filter(matcher(filters));
		const page = found.toReversed().slice(offset, offset + count);
		return { TotalCount: found.length, InboundMessages: page.map(summary) };
	});

	app.get<WithId>('/messages/inbound/:id/details', async (request) => {
		const { payload, status, blockedReason } = find(server(request), request.params.id);
		const { RawEmail: _, ...details } = payload;
		return { ...details, Status: status, BlockedReason: blockedReason };
	});

	app.put<WithId>('/messages/inbound/:id/bypass', async (request) => {
		const of = server(request);
		const message = find(of, request.params.id);
		if (message.status !== 'Blocked') {
			throw new PostmarkError(702, 'Could not bypass this blocked inbound message: it is not blocked.');
		}
		message.blockedReason = '';
		postInbound(message, of, state);
		return {
			ErrorCode: 0,
			Message: `Successfully bypassed rules for message: ${message.payload.MessageID}.`,
		};
	});

	app.put<WithId>('/messages/inbound/:id/retry', async (request) => {
		const of = server(request);
		const message = find(of, request.params.id);
		if (message.status !== 'Failed') {
			throw new PostmarkError(703, 'Could not retry this failed inbound message: it has not failed.');
		}
		postInbound(message, of, state);
		return {
			ErrorCode: 0,
			Message: `Successfully rescheduled failed message: ${message.payload.MessageID}.`,
		};
	});
};

function find(of: PostmarkServer, id: string): InboundMessage {
	const message = of.inbound.get(id.toLowerCase());
	if (!message) throw new PostmarkError(701, `There is no message with the id '${id}'.`);
	return message;
}

function matcher(filters: Record<string, string>): (message: InboundMessage) => boolean {
	const { recipient, fromemail, subject, mailboxhash, tag, messagestream } = filters;
	const status = filters.status?.toLowerCase();
	if (status !== undefined && !STATUSES.includes(status)) {
		throw new PostmarkError(
			BAD_QUERY,
			`The parameter 'status' must be one of ${STATUSES.join(', ')}, not '${filters.status}'.`,
		);
	}
	const inRange = dateRange(filters, BAD_QUERY);
	const same = (wanted: string | undefined, held: string) =>
		wanted === undefined || wanted.toLowerCase() === held.toLowerCase();
	return ({ payload, status: held, at }) =>
		inRange(at) &&
		same(status, held) &&
		same(fromemail, payload.From) &&
		same(tag, payload.Tag) &&
		same(messagestream, payload.MessageStream) &&
		(mailboxhash === undefined || payload.MailboxHash === mailboxhash) &&
		(subject === undefined || payload.Subject.toLowerCase().includes(subject.toLowerCase())) &&
		(recipient === undefined ||
			[...payload.ToFull, ...payload.CcFull, ...payload.BccFull].some(({ Email }) => same(recipient, Email)));
}

/** Bodies, headers and the contents of attachments come with a single message only. */
function summary({ payload, status }: InboundMessage) {
	const { TextBody: _text, HtmlBody: _html, StrippedTextReply: _reply, Headers: _headers, ...rest } = payload;
	const { RawEmail: _raw, ...brief } = rest;
	return {
		...brief,
		Attachments: payload.Attachments.map(({ Content: _content, ...attachment }) => attachment),
		Status: status,
	};
}
