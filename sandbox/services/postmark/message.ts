import { randomUUID } from 'node:crypto';
import { parseAddress, parseAddresses } from './addresses';
import { readAttachments } from './attachments';
import { PostmarkError, invalidEmail, invalidField } from './errors';
import { named } from './names';
import type { Recipient, StoredMessage } from './records';

const MB = 1024 * 1024;
export const MESSAGE_LIMIT = 10 * MB;
const BODY_LIMIT = 5 * MB;
const MAX_RECIPIENTS = 50;

/** Fields and their types (npm postmark, Message). Unknown ones are ignored, as the service does, but reported. */
const FIELDS: Record<string, 'string' | 'boolean' | 'object'> = {
	From: 'string',
	To: 'string',
	Cc: 'string',
	Bcc: 'string',
	Subject: 'string',
	ReplyTo: 'string',
	HtmlBody: 'string',
	TextBody: 'string',
	Tag: 'string',
	TrackOpens: 'boolean',
	TrackLinks: 'string',
	MessageStream: 'string',
	Headers: 'object',
	Attachments: 'object',
	Metadata: 'object',
};

const NAMES = Object.keys(FIELDS);

interface Given {
	From?: string;
	To?: string;
	Cc?: string;
	Bcc?: string;
	Subject?: string;
	ReplyTo?: string;
	HtmlBody?: string;
	TextBody?: string;
	Tag?: string;
	TrackOpens?: boolean;
	TrackLinks?: string;
	MessageStream?: string;
	Headers?: unknown;
	Attachments?: unknown;
	Metadata?: unknown;
}

/**
 * One message of a send, checked by everything that needs no account (postmarkapp.com/developer/api/email-api).
 * @param unknown is told of fields the service does not have.
 * @throws {PostmarkError} 300 for what is wrong with the email, 403 for a wrong type, 411 for a forbidden attachment.
 */
export function readMessage(
	value: unknown,
	serverId: number,
	unknown: (field: string) => void,
): StoredMessage {
	const given = typed(value, unknown);
	if (!given.From) throw invalidEmail("The 'From' address is required.");
	const from = parseAddress(given.From, 'From');
	if (!given.To?.replace(/[\s,]/g, ''))
		throw invalidEmail("Zero recipients specified. A 'To' address is required.");
	const to = parseAddresses(given.To, 'To');
	const cc = given.Cc ? parseAddresses(given.Cc, 'Cc') : [];
	const bcc = given.Bcc ? parseAddresses(given.Bcc, 'Bcc') : [];
	if (to.length + cc.length + bcc.length > MAX_RECIPIENTS) {
		throw invalidEmail(`A message can have at most ${MAX_RECIPIENTS} recipients in To, Cc and Bcc together.`);
	}
	if (given.ReplyTo) parseAddresses(given.ReplyTo, 'ReplyTo');
	if (/[\r\n]/.test(given.Subject ?? '')) throw invalidEmail("The 'Subject' must not contain a line break.");
	if (!given.HtmlBody && !given.TextBody) {
		throw invalidEmail('Provide either email TextBody or HtmlBody or both.');
	}
	if ((given.Tag?.length ?? 0) > 1000) throw invalidEmail("The 'Tag' is longer than 1000 characters.");
	if (given.TrackLinks && !['None', 'HtmlAndText', 'HtmlOnly', 'TextOnly'].includes(given.TrackLinks)) {
		throw invalidField(
			`'TrackLinks' must be None, HtmlAndText, HtmlOnly or TextOnly, not '${given.TrackLinks}'.`,
		);
	}
	const attachments = readAttachments(given.Attachments, unknown);
	return {
		id: randomUUID(),
		serverId,
		stream: given.MessageStream || 'outbound',
		from,
		to,
		cc,
		bcc,
		replyTo: given.ReplyTo ?? '',
		subject: given.Subject ?? '',
		...(given.HtmlBody ? { html: given.HtmlBody } : {}),
		...(given.TextBody ? { text: given.TextBody } : {}),
		...(given.Tag ? { tag: given.Tag } : {}),
		metadata: readMetadata(given.Metadata),
		headers: readHeaders(given.Headers, unknown),
		attachments,
		trackOpens: given.TrackOpens ?? false,
		trackLinks: given.TrackLinks || 'None',
		size: measured(given, attachments),
		suppressed: [],
		events: [],
		at: Date.now(),
	};
}

function typed(value: unknown, unknown: (field: string) => void): Given {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new PostmarkError(402, 'The message must be a JSON object.');
	}
	const message = named(value, NAMES);
	for (const [field, content] of Object.entries(message)) {
		const type = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
		if (!type) unknown(field);
		else if (content !== null && content !== undefined && typeof content !== type) {
			throw invalidField(
				`The field '${field}' must be ${type === 'object' ? 'an object or a list' : `a ${type}`}.`,
			);
		}
	}
	return Object.fromEntries(Object.entries(message).filter(([, content]) => content !== null)) as Given;
}

/** At most 10 pairs, keys of 20 and values of 80 characters (Postmark user guide, custom metadata). */
function readMetadata(value: unknown): Record<string, string> {
	if (value === undefined) return {};
	if (Array.isArray(value)) throw invalidField("'Metadata' must be an object.");
	const pairs = Object.entries(value as Record<string, unknown>);
	if (pairs.length > 10) throw invalidEmail("'Metadata' has more than 10 entries.");
	return Object.fromEntries(pairs.map(([key, value]) => readEntry(key, value)));
}

/** A number is taken as the text that it would be. */
function readEntry(key: string, value: unknown): [string, string] {
	const content = typeof value === 'number' ? String(value) : value;
	if (typeof content !== 'string') throw invalidField(`The metadata '${key}' must be a string.`);
	if (key.length === 0 || key.length > 20) {
		throw invalidEmail(`The metadata key '${key.slice(0, 40)}' must have 1 to 20 characters.`);
	}
	if (content.length > 80) throw invalidEmail(`The value of metadata '${key}' is longer than 80 characters.`);
	return [key, content];
}

function readHeaders(value: unknown, unknown: (field: string) => void): StoredMessage['headers'] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw invalidField("'Headers' must be a list of { Name, Value }.");
	return value.map((one: unknown, position) => {
		const { Name, Value, ...rest } = named((one ?? {}) as object, ['Name', 'Value']);
		for (const field of Object.keys(rest)) unknown(`Headers[].${field}`);
		if (typeof Name !== 'string' || typeof Value !== 'string') {
			throw invalidField(`'Headers[${position}]' needs the texts 'Name' and 'Value'.`);
		}
		if (!/^[!-9;-~]+$/.test(Name)) throw invalidEmail(`The header name '${Name.slice(0, 80)}' is not valid.`);
		if (/[\r\n]/.test(Value)) throw invalidEmail(`The header '${Name}' must not contain a line break.`);
		return { Name, Value };
	});
}

/** Attachments count as they travel, that is in base64: the careful reading of "10 MB with attachments". */
function measured(given: Given, attachments: StoredMessage['attachments']): number {
	const html = Buffer.byteLength(given.HtmlBody ?? '');
	const text = Buffer.byteLength(given.TextBody ?? '');
	if (html > BODY_LIMIT) throw invalidEmail("The 'HtmlBody' is larger than 5 MB.");
	if (text > BODY_LIMIT) throw invalidEmail("The 'TextBody' is larger than 5 MB.");
	const size = attachments.reduce((sum, { content }) => sum + (content?.length ?? 0), html + text);
	if (size > MESSAGE_LIMIT)
		throw new PostmarkError(300, 'The message with its attachments is larger than 10 MB.', 413);
	return size;
}

/** Everyone a message goes to. */
export function recipientsOf(message: StoredMessage): Recipient[] {
	return [...message.to, ...message.cc, ...message.bcc];
}
