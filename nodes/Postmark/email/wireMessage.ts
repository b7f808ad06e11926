import { formatAddress, formatAddresses, type Address } from '../../../core/mail/address';
import type { Attachment } from '../../../core/mail/attachments';
import type { Envelope, Mail } from '../../../core/mail/compose';
import { invalidInput } from '../../../core/errors';
import { megabytes } from '../../../core/text';
import { truncate } from '../../../core/text';

/** Everything of an email but its words, under Postmark's own names. What is undefined is not sent. */
export interface PostmarkEnvelope {
	From: string;
	To: string;
	Cc: string | undefined;
	Bcc: string | undefined;
	ReplyTo: string | undefined;
	Tag: string | undefined;
	Metadata: Record<string, string> | undefined;
	Headers: Array<{ Name: string; Value: string }> | undefined;
	TrackOpens: boolean | undefined;
	TrackLinks: 'None' | 'HtmlAndText' | 'HtmlOnly' | 'TextOnly' | undefined;
	MessageStream: string;
	Attachments: File[] | undefined;
	Subject?: string;
	HtmlBody?: string | undefined;
	TextBody?: string | undefined;
}

interface File {
	Name: string;
	Content: string;
	ContentType: string;
	ContentID: string | undefined;
}

/** One email as Postmark takes it (https://postmarkapp.com/developer/api/email-api#send-a-single-email). */
export interface PostmarkMessage extends PostmarkEnvelope {
	Subject: string;
	HtmlBody: string | undefined;
	TextBody: string | undefined;
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
	mark: Array<[string, string]>;
	trackOpens: boolean | undefined;
	trackLinks: PostmarkEnvelope['TrackLinks'];
}

export function toPostmark(mail: Mail, extras: Extras): PostmarkMessage {
	const message: PostmarkEnvelope = toEnvelope(mail, extras, mail);
	message.Subject = mail.subject;
	message.HtmlBody = mail.html;
	message.TextBody = mail.text;
	return message as PostmarkMessage;
}

/**
 * `words` are the bodies that travel with it, which count towards its size. Each name is written out: ten thousand
 * emails are put together in the time that spreading their parts would take for three thousand.
 */
export function toEnvelope(
	mail: Envelope,
	extras: Extras,
	words?: Pick<Mail, 'html' | 'text'>,
): PostmarkEnvelope {
	checkRecipients(mail);
	checkSize(mail, words);
	return {
		From: formatAddress(mail.from),
		To: formatAddresses(mail.to),
		Cc: listed(mail.cc),
		Bcc: listed(mail.bcc),
		ReplyTo: listed(mail.replyTo),
		Tag: tagOf(extras),
		Metadata: metadataOf(extras),
		Headers: headersOf(mail),
		TrackOpens: extras.trackOpens,
		TrackLinks: extras.trackLinks,
		MessageStream: extras.messageStream,
		Attachments: filesOf(mail),
	};
}

/** What of an email is one recipient's own. */
export const toRecipient = (
	mail: Pick<Envelope, 'to' | 'cc' | 'bcc' | 'headers'>,
	extras: Extras,
): Pick<PostmarkEnvelope, 'To' | 'Cc' | 'Bcc' | 'Metadata' | 'Headers'> => ({
	To: formatAddresses(mail.to),
	Cc: listed(mail.cc),
	Bcc: listed(mail.bcc),
	Metadata: metadataOf(extras),
	Headers: headersOf(mail),
});

/** What emails to many have in common. */
export const toShared = (
	{ from, replyTo }: Pick<Envelope, 'from' | 'replyTo'>,
	extras: Extras,
): Pick<PostmarkEnvelope, 'From' | 'ReplyTo' | 'Tag' | 'TrackOpens' | 'TrackLinks' | 'MessageStream'> => ({
	From: formatAddress(from),
	ReplyTo: listed(replyTo),
	Tag: tagOf(extras),
	TrackOpens: extras.trackOpens,
	TrackLinks: extras.trackLinks,
	MessageStream: extras.messageStream,
});

const listed = (addresses: Address[]): string | undefined =>
	addresses.length === 0 ? undefined : formatAddresses(addresses);

function tagOf({ tag }: Extras): string | undefined {
	if (tag.length > MAX_TAG)
		throw invalidInput('Tag', `'Tag' has ${tag.length} characters; Postmark takes ${MAX_TAG}`, 'Shorten it.');
	return tag === '' ? undefined : tag;
}

function metadataOf({ metadata, mark }: Extras): Record<string, string> | undefined {
	if (metadata.length + mark.length === 0) return undefined;
	checkMetadata(metadata, mark);
	return Object.fromEntries([...metadata, ...mark]);
}

type Files = Pick<Envelope, 'attachments' | 'inline'>;

const headersOf = ({ headers }: Pick<Envelope, 'headers'>): PostmarkEnvelope['Headers'] =>
	headers.length === 0 ? undefined : headers.map(({ name, value }) => ({ Name: name, Value: value }));

export function filesOf({ attachments, inline }: Files): File[] | undefined {
	if (attachments.length + inline.length === 0) return undefined;
	return [
		...attachments.map((file) => attachment(file, undefined)),
		...inline.map((file) => attachment(file, `cid:${file.property}`)),
	];
}

const attachment = ({ fileName, mimeType, content }: Attachment, ContentID: string | undefined): File => ({
	Name: fileName,
	Content: content.toString('base64'),
	ContentType: mimeType,
	ContentID,
});

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
	checkBody('HTML Body', html);
	checkBody('Text Body', text);
}

function checkBody(label: string, body: string | undefined): void {
	// A letter has three bytes at most: what is short enough need not be counted.
	if (body === undefined || body.length * 3 <= MAX_BODY_BYTES) return;
	const bytes = Buffer.byteLength(body);
	if (bytes > MAX_BODY_BYTES)
		throw invalidInput(
			label,
			`'${label}' is ${megabytes(bytes)} long; Postmark takes ${megabytes(MAX_BODY_BYTES)}`,
			'Shorten it. Images inside the HTML text are better sent as inline images.',
		);
}

export function checkSize(
	{ attachments, inline }: Files,
	words: Pick<Mail, 'html' | 'text'> | undefined,
): void {
	if (words !== undefined) checkBodies(words);
	// Two bodies that are within their own limit are within this one.
	if (attachments.length + inline.length === 0) return;
	const bytes =
		[...attachments, ...inline].reduce((sum, { content }) => sum + base64Length(content), 0) +
		Buffer.byteLength(words?.html ?? '') +
		Buffer.byteLength(words?.text ?? '');
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

/** The addresses of a list that this pack has written. */
export const bareAddresses = (list = ''): string[] =>
	list.replace(/"(?:[^"\\]|\\.)*" </g, '<').match(/[^\s<>,]+@[^\s<>,]+/g) ?? [];
