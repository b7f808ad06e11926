import { formatAddress, formatAddresses } from '../../core/mail/address';
import type { Attachment } from '../../core/mail/attachments';
import type { Mail } from '../../core/mail/compose';
import { badInput } from '../../core/http/failure';
import { megabytes } from '../../core/bulk/chunks';
import { cut } from '../../core/node/item';

/**
 * One email as Postmark takes it (https://postmarkapp.com/developer/api/email-api#send-a-single-email). Names are
 * Postmark's own.
 */
export interface PostmarkMessage {
	From: string;
	To: string;
	Cc?: string;
	Bcc?: string;
	ReplyTo?: string;
	Subject: string;
	HtmlBody?: string;
	TextBody?: string;
	Tag?: string;
	Metadata?: Record<string, string>;
	Headers?: Array<{ Name: string; Value: string }>;
	TrackOpens?: boolean;
	TrackLinks?: 'None' | 'HtmlAndText' | 'HtmlOnly' | 'TextOnly';
	MessageStream: string;
	Attachments?: Array<{ Name: string; Content: string; ContentType: string; ContentID?: string }>;
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
	trackOpens?: boolean;
	trackLinks?: PostmarkMessage['TrackLinks'];
}

export function toPostmark(mail: Mail, extras: Extras): PostmarkMessage {
	check(mail, extras);
	const files = [
		...mail.attachments.map((file) => attachment(file)),
		...mail.inline.map((file) => attachment(file, true)),
	];
	return {
		From: formatAddress(mail.from),
		To: formatAddresses(mail.to),
		...(mail.cc.length > 0 && { Cc: formatAddresses(mail.cc) }),
		...(mail.bcc.length > 0 && { Bcc: formatAddresses(mail.bcc) }),
		...(mail.replyTo.length > 0 && { ReplyTo: formatAddresses(mail.replyTo) }),
		Subject: mail.subject,
		...(mail.html !== undefined && { HtmlBody: mail.html }),
		...(mail.text !== undefined && { TextBody: mail.text }),
		...(extras.tag !== '' && { Tag: extras.tag }),
		...(extras.metadata.length > 0 && { Metadata: Object.fromEntries(extras.metadata) }),
		...(mail.headers.length > 0 && {
			Headers: mail.headers.map(({ name, value }) => ({ Name: name, Value: value })),
		}),
		...(extras.trackOpens !== undefined && { TrackOpens: extras.trackOpens }),
		...(extras.trackLinks !== undefined && { TrackLinks: extras.trackLinks }),
		MessageStream: extras.messageStream,
		...(files.length > 0 && { Attachments: files }),
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

function check(mail: Mail, { tag, metadata }: Extras): void {
	const recipients = mail.to.length + mail.cc.length + mail.bcc.length;
	if (recipients > MAX_RECIPIENTS)
		throw badInput(
			'To',
			`The email has ${recipients} recipients (To, CC and BCC together); Postmark takes ${MAX_RECIPIENTS}`,
			'Send one email to each recipient: one item a person.',
		);
	for (const [label, body] of [
		['HTML Body', mail.html],
		['Text Body', mail.text],
	] as const)
		if (body !== undefined && Buffer.byteLength(body) > MAX_BODY_BYTES)
			throw badInput(
				label,
				`'${label}' is ${megabytes(Buffer.byteLength(body))} long; Postmark takes ${megabytes(MAX_BODY_BYTES)}`,
				'Shorten it. Images inside the HTML text are better sent as inline images.',
			);
	const bytes =
		[...mail.attachments, ...mail.inline].reduce((sum, { content }) => sum + base64Length(content), 0) +
		Buffer.byteLength(mail.html ?? '') +
		Buffer.byteLength(mail.text ?? '');
	if (bytes > MAX_MESSAGE_BYTES)
		throw badInput(
			'Attachments',
			`The email is ${megabytes(bytes)} with its attachments; Postmark takes ${megabytes(MAX_MESSAGE_BYTES)}`,
			'Send smaller or fewer files, or a link to them. Files grow by a third on their way: about 7.5 MB fit.',
		);
	if (tag.length > MAX_TAG)
		throw badInput('Tag', `'Tag' has ${tag.length} characters; Postmark takes ${MAX_TAG}`, 'Shorten it.');
	checkMetadata(metadata);
}

const base64Length = ({ length }: Buffer) => Math.ceil(length / 3) * 4;

function checkMetadata(entries: Extras['metadata']): void {
	if (entries.length > MAX_METADATA.entries)
		throw badInput(
			'Metadata',
			`'Metadata' has ${entries.length} entries; Postmark takes ${MAX_METADATA.entries}`,
			'Remove some.',
		);
	const names = new Set<string>();
	for (const [name, value] of entries) {
		if (names.has(name))
			throw badInput(
				'Metadata',
				`'Metadata' has the name “${cut(name)}” twice; Postmark keeps one value for a name`,
				'Remove one of the two, or rename it.',
			);
		names.add(name);
		const long =
			name.length > MAX_METADATA.name ? 'name' : value.length > MAX_METADATA.value ? 'value' : undefined;
		if (long !== undefined)
			throw badInput(
				'Metadata',
				`In 'Metadata', the ${long} of “${cut(name)}” is too long: Postmark takes ${MAX_METADATA[long]} characters`,
				'Shorten it.',
			);
	}
}
