import { invalidInput } from '../errors';
import { headerValue } from '../http/path';
import type { RunFeedback } from '../node/operation';
import type { ParameterReader } from '../node/parameters/reader';
import { truncate } from '../text';
import { parseAddresses, type Address } from './address';
import { readAttachments, selectBinary, type Attachment } from './attachments';
import { hintMissingImages } from './inlineImages';
import { textOf } from './text';

/** Everything of a mail but its words: for senders whose words come from a template. */
export interface Envelope {
	from: Address;
	to: Address[];
	cc: Address[];
	bcc: Address[];
	replyTo: Address[];
	attachments: Attachment[];
	/** Shown inside the HTML by `cid:` and the binary field's name. */
	inline: Attachment[];
	headers: Array<{ name: string; value: string }>;
}

/** A mail as all senders of this pack see it. */
export interface Mail extends Envelope, Words {}

export interface Words {
	subject: string;
	/** At least one of the two is there. */
	html: string | undefined;
	text: string | undefined;
}

/** Header names that other fields of the form set; a second one would be refused or, worse, taken. */
const OWN_HEADERS = new Set([
	'from',
	'to',
	'cc',
	'bcc',
	'subject',
	'reply-to',
	'content-type',
	'mime-version',
	'date',
]);

/**
 * Reads the common mail form (see `fields.ts`) of one item. Most emails have no files and are there at once: a promise
 * for each of ten thousand would take longer than reading them.
 */
export function composeMail(item: ParameterReader, feedback: RunFeedback): Mail | Promise<Mail> {
	const { subject, html, text } = readWords(item, feedback);
	const options = item.collection('options');
	const files = chosenFiles(item, options);
	const { from, to, cc, bcc, replyTo } = readPeople(item, options);
	const headers = readHeaders(options);
	// Each name is written out: spreading objects together costs more than all the rest of this.
	const mail: Mail = {
		from,
		to,
		cc,
		bcc,
		replyTo,
		attachments: [],
		inline: [],
		headers,
		subject,
		html,
		text,
	};
	return withShownFiles(item, options, mail, files, html, feedback);
}

/** The two bodies; the text is made from the HTML when it is empty. */
export function readBodies(item: ParameterReader): { html: string | undefined; text: string } {
	const html = body(item, 'html');
	const text = body(item, 'text') ?? (html === undefined ? undefined : textOf(html));
	if (text !== undefined) return { html, text };
	throw item.fieldError(
		'html',
		`and '${item.label('text')}' are both empty`,
		'Fill in one of them, or both.',
	);
}

/** Subject and bodies. */
export function readWords(item: ParameterReader, feedback: RunFeedback): Words {
	const { html, text } = readBodies(item);
	const subject = headerValue(item.words('subject'));
	if (subject === '')
		feedback.hint(
			`Sent without a subject: '${item.label('subject')}' is empty in at least one item. Fill it in, or check the column its expression refers to.`,
		);
	return { subject, html, text };
}

/** Who it goes from and to, its files and headers. */
export function composeEnvelope(item: ParameterReader): Envelope | Promise<Envelope> {
	const options = item.collection('options');
	const files = chosenFiles(item, options);
	const { from, to, cc, bcc, replyTo } = readPeople(item, options);
	const headers = readHeaders(options);
	const envelope: Envelope = { from, to, cc, bcc, replyTo, attachments: [], inline: [], headers };
	return files === undefined ? envelope : withFiles(item, envelope, files);
}

/** Goes on with what was read: at once when it is there, later when its files are still on their way. */
export function whenRead<T, R>(read: T | Promise<T>, next: (read: T) => R): R | Promise<R> {
	return read instanceof Promise ? read.then(next) : next(read);
}

interface Files {
	attached: string[];
	inline: string[];
}

/** The binary fields that go with the mail; undefined when none do. Not every form has both. */
function chosenFiles(item: ParameterReader, options: ParameterReader): Files | undefined {
	const inline = filesIn(item, options, 'inlineImages');
	const attached = filesIn(item, options, 'attachments').filter((name) => !inline.includes(name));
	return attached.length + inline.length === 0 ? undefined : { attached, inline };
}

function filesIn(item: ParameterReader, options: ParameterReader, field: string): string[] {
	if (!options.declares(field) || !options.has(field)) return [];
	return selectBinary(item, options.list(field), options.label(field));
}

type Carrier = Pick<Envelope, 'attachments' | 'inline'>;

/** The files of a mail whose other parts are read one by one, with a word about pictures that `html` shows and lacks. */
export function readFiles(
	item: ParameterReader,
	html: string | undefined,
	feedback: RunFeedback,
): Carrier | Promise<Carrier> {
	const options = item.collection('options');
	const none: Carrier = { attachments: [], inline: [] };
	return withShownFiles(item, options, none, chosenFiles(item, options), html, feedback);
}

function withShownFiles<E extends Carrier>(
	item: ParameterReader,
	options: ParameterReader,
	mail: E,
	files: Files | undefined,
	html: string | undefined,
	feedback: RunFeedback,
): E | Promise<E> {
	return whenRead(files === undefined ? mail : withFiles(item, mail, files), (read) => {
		hintMissingImages(html, read.inline, item, options, feedback);
		return read;
	});
}

async function withFiles<E extends Carrier>(item: ParameterReader, mail: E, files: Files): Promise<E> {
	mail.attachments = await readAttachments(item, files.attached);
	mail.inline = await readAttachments(item, files.inline);
	return mail;
}

type People = Pick<Envelope, 'from' | 'to' | 'cc' | 'bcc' | 'replyTo'>;

export function readPeople(item: ParameterReader, options = item.collection('options')): People {
	const [from, ...moreFrom] = parseAddresses(item.requiredText('from'), item.label('from'));
	if (from === undefined || moreFrom.length > 0)
		throw item.fieldError(
			'from',
			'must be exactly one address',
			'Enter one sender, like Shop <shop@example.com>.',
		);
	return {
		from,
		to: readAddresses(item, 'to', true),
		cc: readAddresses(options, 'cc'),
		bcc: readAddresses(options, 'bcc'),
		replyTo: readAddresses(options, 'replyTo'),
	};
}

/** Addresses may come as text or, from an expression, as a list. */
export function readAddresses(reader: ParameterReader, field: string, required = false): Address[] {
	const value = reader.value(field);
	const text = Array.isArray(value) ? value.join(', ') : reader.text(field);
	return text === '' && !required
		? []
		: parseAddresses(text || reader.requiredText(field), reader.label(field));
}

/** Bodies keep their white space; only an empty one is none. */
function body(item: ParameterReader, field: string): string | undefined {
	if (item.words(field) === '') return undefined;
	return String(item.value(field));
}

/** None where the form does not ask for them. */
export function readHeaders(options: ParameterReader): Envelope['headers'] {
	if (!options.declares('headers')) return [];
	return options.fixedCollection('headers', 'header').map((row) => {
		const name = row.requiredText('name');
		if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
			throw invalidInput(
				'Custom Headers',
				`“${truncate(name)}” is not a header name`,
				'Use letters, digits and hyphens, like X-Order-Number.',
			);
		if (OWN_HEADERS.has(name.toLowerCase()))
			throw invalidInput(
				'Custom Headers',
				`The header “${name}” is set by its own field of this form`,
				'Remove it here and fill in that field.',
			);
		return { name, value: headerValue(row.text('value')) };
	});
}
