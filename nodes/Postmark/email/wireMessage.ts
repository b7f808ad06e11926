import { formatAddress, formatAddresses } from '../../../core/mail/address';
import type { Attachment } from '../../../core/mail/attachments';
import type { Envelope, Mail } from '../../../core/mail/compose';
import { invalidInput } from '../../../core/errors';
import { megabytes } from '../../../core/batch/chunks';
import { truncate } from '../../../core/node/parameters/reader';

/** Everything of an email but its words, under Postmark's own names. */
export interface PostmarkEnvelope {
	From: string;
	To: string;
	Cc?: string;
	Bcc?: string;
	ReplyTo?: string;
	Tag?: string;
	Metadata?: Record<string, string>;
	Headers?: Array<{ Name: string; Value: string }>;
	TrackOpens?: boolean;
	TrackLinks?: 'None' | 'HtmlAndText' | 'HtmlOnly' | 'TextOnly';
	MessageStream: string;
	Attachments?: Array<{ Name: string; Content: string; ContentType: string; ContentID?: string }>;
}

/** One email as Postmark takes it (https://postmarkapp.com/developer/api/email-api#send-a-single-email). */
export interface PostmarkMessage extends PostmarkEnvelope {
	Subject: string;
	HtmlBody?: string;
	TextBody?: string;
}

/**
 * What Postmark takes, checked before anything is sent. Files count as they travel, in base64
 * (https://postmarkapp.com/support/article/1056-what-are-the-attachment-and-email-size-limits).
 */
const MAX_RECIPIENTS = 50;
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;
const MAX_BODY_BYTES = 5 * 1024 * 1024;
const MAX_TAG = 1_000;
const MAX_METADATA = { entries: 10, name: 20, value: 80 };

export interface Extras {
	messageStream: string;
	tag: string;
	/** Name and value, in the order of the form. */
	metadata: Array<[string, string]>;
	/** Metadata of this pack's own, by which the email is found again. */
	mark?: Array<[string, string]>;
	trackOpens?: boolean;
	trackLinks?: PostmarkMessage['TrackLinks'];
}

export function toPostmark(mail: Mail, extras: Extras): PostmarkMessage {
	return {
		...toEnvelope(mail, extras, mail),
		Subject: mail.subject,
		...(mail.html !== undefined && { HtmlBody: mail.html }),
		...(mail.text !== undefined && { TextBody: mail.text }),
	};
}

/** `words` are the bodies that travel with it, which count towards its size. */
export function toEnvelope(
	mail: Envelope,
	extras: Extras,
	words: Pick<Mail, 'html' | 'text'> = {},
): PostmarkEnvelope {
	checkRecipients(mail);
	checkSize(mail, words);
	const files = [
		...mail.attachments.map((file) => attachment(file)),
		...mail.inline.map((file) => attachment(file, true)),
	];
	return {
		From: formatAddress(mail.from),
		...toRecipient(mail, extras),
		...toShared(mail, extras),
		...(files.length > 0 && { Attachments: files }),
	};
}

/** What of an email is one recipient's own. */
export function toRecipient(
	mail: Pick<Envelope, 'to' | 'cc' | 'bcc' | 'headers'>,
	{ metadata, mark = [] }: Extras,
): Pick<PostmarkEnvelope, 'To' | 'Cc' | 'Bcc' | 'Metadata' | 'Headers'> {
	checkMetadata(metadata, mark);
	const entries = [...metadata, ...mark];
	return {
		To: formatAddresses(mail.to),
		...(mail.cc.length > 0 && { Cc: formatAddresses(mail.cc) }),
		...(mail.bcc.length > 0 && { Bcc: formatAddresses(mail.bcc) }),
		...(entries.length > 0 && { Metadata: Object.fromEntries(entries) }),
		...(mail.headers.length > 0 && {
			Headers: mail.headers.map(({ name, value }) => ({ Name: name, Value: value })),
		}),
	};
}

/** What emails to many have in common. */
export function toShared(
	{ replyTo }: Pick<Envelope, 'replyTo'>,
	{ tag, trackOpens, trackLinks, messageStream }: Extras,
): Pick<PostmarkEnvelope, 'ReplyTo' | 'Tag' | 'TrackOpens' | 'TrackLinks' | 'MessageStream'> {
	if (tag.length > MAX_TAG)
		throw invalidInput('Tag', `'Tag' has ${tag.length} characters; Postmark takes ${MAX_TAG}`, 'Shorten it.');
	return {
		...(replyTo.length > 0 && { ReplyTo: formatAddresses(replyTo) }),
		...(tag !== '' && { Tag: tag }),
		...(trackOpens !== undefined && { TrackOpens: trackOpens }),
		...(trackLinks !== undefined && { TrackLinks: trackLinks }),
		MessageStream: messageStream,
	};
}

function attachment({ fileName, mimeType, content, property }: Attachment, inline = false) {
	return {
		Name: fileName,
		Content: content.toString('base64'),
		ContentType: mimeType,
		...(inline && { ContentID: `cid:${property}` }),
	};
}

export function checkRecipients(mail: Pick<Envelope, 'to' | 'cc' | 'bcc'>): void {
	const recipients = mail.to.length + mail.cc.length + mail.bcc.length;
	if (recipients > MAX_RECIPIENTS)
		throw invalidInput(
			'To',
			`The email has ${recipients} recipients (To, CC and BCC together); Postmark takes ${MAX_RECIPIENTS}`,
			'Send one email to each recipient: one item a person.',
		);
}

export function checkBodies({ html, text }: Pick<Mail, 'html' | 'text'>): void {
	for (const [label, body] of [
		['HTML Body', html],
		['Text Body', text],
	] as const)
		if (body !== undefined && Buffer.byteLength(body) > MAX_BODY_BYTES)
			throw invalidInput(
				label,
				`'${label}' is ${megabytes(Buffer.byteLength(body))} long; Postmark takes ${megabytes(MAX_BODY_BYTES)}`,
				'Shorten it. Images inside the HTML text are better sent as inline images.',
			);
}

function checkSize(mail: Envelope, words: Pick<Mail, 'html' | 'text'>): void {
	checkBodies(words);
	const bytes =
		[...mail.attachments, ...mail.inline].reduce((sum, { content }) => sum + base64Length(content), 0) +
		Buffer.byteLength(words.html ?? '') +
		Buffer.byteLength(words.text ?? '');
	if (bytes > MAX_MESSAGE_BYTES)
		throw invalidInput(
			'Attachments',
			`The email is ${megabytes(bytes)} with its attachments; Postmark takes ${megabytes(MAX_MESSAGE_BYTES)}`,
			'Send smaller or fewer files, or a link to them. Files grow by a third on their way: about 7.5 MB fit.',
		);
}

const base64Length = ({ length }: Buffer) => Math.ceil(length / 3) * 4;

function checkMetadata(entries: Extras['metadata'], mark: Array<[string, string]>): void {
	const room = MAX_METADATA.entries - mark.length;
	if (entries.length > room)
		throw invalidInput(
			'Metadata',
			`'Metadata' has ${entries.length} entries; Postmark takes ${MAX_METADATA.entries}${mark.length === 0 ? '' : `, of which 'Prevent Double Sending' uses ${mark.length}`}`,
			'Remove some.',
		);
	const names = new Set(mark.map(([name]) => name));
	for (const [name, value] of entries) {
		if (names.has(name))
			throw invalidInput(
				'Metadata',
				mark.some(([own]) => own === name)
					? `'Metadata' has the name “${name}”, which 'Prevent Double Sending' uses`
					: `'Metadata' has the name “${truncate(name)}” twice; Postmark keeps one value for a name`,
				'Remove one of the two, or rename it.',
			);
		names.add(name);
		const long =
			name.length > MAX_METADATA.name ? 'name' : value.length > MAX_METADATA.value ? 'value' : undefined;
		if (long !== undefined)
			throw invalidInput(
				'Metadata',
				`In 'Metadata', the ${long} of “${truncate(name)}” is too long: Postmark takes ${MAX_METADATA[long]} characters`,
				'Shorten it.',
			);
	}
}
