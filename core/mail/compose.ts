import { invalidInput } from '../errors';
import { headerValue } from '../http/path';
import { truncate, type ParameterReader } from '../node/parameters/reader';
import { parseAddresses, type Address } from './address';
import { readAttachments, selectBinary, type Attachment } from './attachments';
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

interface Words {
	subject: string;
	/** At least one of the two is there. */
	html?: string;
	text?: string;
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

/** Reads the common mail form (see `fields.ts`) of one item. */
export async function composeMail(item: ParameterReader): Promise<Mail> {
	return { ...readWords(item), ...(await composeEnvelope(item)) };
}

/** Subject and bodies; the text is made from the HTML when it is empty. */
export function readWords(item: ParameterReader): Words {
	const html = body(item, 'html');
	const text = body(item, 'text');
	if (html === undefined && text === undefined)
		throw item.fieldError(
			'html',
			`and '${item.label('text')}' are both empty`,
			'Fill in one of them, or both.',
		);
	return {
		subject: headerValue(item.text('subject')),
		...(html === undefined ? {} : { html }),
		...(text === undefined ? (html === undefined ? {} : { text: textOf(html) }) : { text }),
	};
}

/** Who it goes from and to, its files and headers. Most emails have no files: they do not wait for any. */
export function composeEnvelope(item: ParameterReader): Envelope | Promise<Envelope> {
	const options = item.collection('options');
	const inlineNames = selectBinary(item, options.list('inlineImages'), options.label('inlineImages'));
	const attached = selectBinary(item, options.list('attachments'), options.label('attachments')).filter(
		(name) => !inlineNames.includes(name),
	);
	const envelope: Envelope = {
		...readPeople(item),
		attachments: [],
		inline: [],
		headers: readHeaders(options),
	};
	return attached.length + inlineNames.length === 0
		? envelope
		: withFiles(item, envelope, attached, inlineNames);
}

async function withFiles(
	item: ParameterReader,
	envelope: Envelope,
	attached: string[],
	inline: string[],
): Promise<Envelope> {
	return {
		...envelope,
		attachments: await readAttachments(item, attached),
		inline: await readAttachments(item, inline),
	};
}

type People = Pick<Envelope, 'from' | 'to' | 'cc' | 'bcc' | 'replyTo'>;

export function readPeople(item: ParameterReader): People {
	const options = item.collection('options');
	const [from, ...moreFrom] = parseAddresses(item.requiredText('from'), item.label('from'));
	if (from === undefined || moreFrom.length > 0)
		throw item.fieldError(
			'from',
			'must be exactly one address',
			'Enter one sender, like Shop <shop@example.com>.',
		);
	return {
		from,
		to: addresses(item, 'to', true),
		cc: addresses(options, 'cc'),
		bcc: addresses(options, 'bcc'),
		replyTo: addresses(options, 'replyTo'),
	};
}

/** Addresses may come as text or, from an expression, as a list. */
function addresses(reader: ParameterReader, field: string, required = false): Address[] {
	const value = reader.value(field);
	const text = Array.isArray(value) ? value.join(', ') : reader.text(field);
	return text === '' && !required
		? []
		: parseAddresses(text || reader.requiredText(field), reader.label(field));
}

/** Bodies keep their white space; only an empty one is none. */
function body(item: ParameterReader, field: string): string | undefined {
	if (item.text(field) === '') return undefined;
	return String(item.value(field));
}

export function readHeaders(options: ParameterReader): Envelope['headers'] {
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
