import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import type { Address } from '../../../core/mail/address';
import type { Attachment } from '../../../core/mail/attachments';
import { readAddresses, readFiles, readHeaders, readWords } from '../../../core/mail/compose';
import {
	attachmentsOption,
	bccOption,
	ccOption,
	headersOption,
	inlineImagesOption,
	mailFields,
	replyToOption,
} from '../../../core/mail/fields';
import type { RunFeedback } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { byDisplayName } from '../../../core/node/properties';
import { mailboxLocator, readMailbox } from '../mail/mailbox';
import type { Person } from '../mail/messages';
import { headerOf, markOf } from './mark';

/** A file that goes with a message. */
export interface OutgoingFile {
	name: string;
	mimeType: string;
	/** Base64. */
	content: string;
	/** By which the HTML shows it; undefined for what is only attached. */
	contentId?: string;
}

/** A message to send, as plain data. */
export interface Outgoing {
	mailbox: string;
	/** Stands in a header line of the message: it is found again by it. */
	mark: string;
	/** Whether the mark is looked for before sending, in this run and later ones. */
	isKeyed: boolean;
	/** As Alimail writes it, without the mark and without files. */
	message: OutgoingMessage;
	files: OutgoingFile[];
}

export interface OutgoingMessage extends IDataObject {
	subject: string;
	toRecipients: IDataObject[];
	ccRecipients: IDataObject[];
	internetMessageHeaders: Record<string, string>;
}

const fromOption: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	default: '',
	placeholder: 'e.g. Shop <shop@example.com>',
	description:
		'What readers see as the sender: a name with the address of the mailbox, or an alias of it. Empty is the address of the mailbox.',
};

const priorityOption: INodeProperties = {
	displayName: 'Priority',
	name: 'priority',
	type: 'options',
	options: [
		{ name: 'High', value: 'PRY_HIGH' },
		{ name: 'Low', value: 'PRY_LOW' },
		{ name: 'Normal', value: 'PRY_NORMAL' },
	],
	default: 'PRY_NORMAL',
	description: 'How the message is marked',
};

const receiptOption: INodeProperties = {
	displayName: 'Read Receipt',
	name: 'readReceipt',
	type: 'boolean',
	default: false,
	description: 'Whether to ask for a note when the message has been read',
};

/** The form of a message: the core's own mail form, with the mailbox in place of From. */
export const messageFields: INodeProperties[] = [
	{
		...mailboxLocator,
		description: 'The mailbox to send from: any of your organization that the app may open',
	},
	...mailFields.filter(({ name }) => name !== 'from'),
];

export const sendOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'What most messages do without',
	options: byDisplayName([
		attachmentsOption,
		bccOption,
		ccOption,
		headersOption,
		fromOption,
		inlineImagesOption,
		priorityOption,
		receiptOption,
		replyToOption,
	]),
};

/** Reads the form of one item. @throws {ServiceError} that names the field */
export async function compose(item: ParameterReader, feedback: RunFeedback): Promise<Outgoing> {
	const mailbox = readMailbox(item);
	const options = item.collection('options');
	const { subject, html, text } = readWords(item, feedback);
	const people = (reader: ParameterReader, field: string, isRequired = false) =>
		readAddresses(reader, field, isRequired).map(person);
	const message: OutgoingMessage = {
		subject,
		body: { bodyText: text, ...(html === undefined ? {} : { bodyHtml: html }) },
		from: readFrom(options, mailbox),
		toRecipients: people(item, 'to', true),
		ccRecipients: people(options, 'cc'),
		bccRecipients: people(options, 'bcc'),
		replyTo: people(options, 'replyTo'),
		internetMessageHeaders: Object.fromEntries(readHeaders(options).map(({ name, value }) => [name, value])),
		...(options.has('priority') ? { priority: options.option('priority') } : {}),
		...(options.boolean('readReceipt') ? { isReadReceiptRequested: true } : {}),
	};
	const { attachments, inline } = await readFiles(item, html, feedback);
	const mark = markOf(item);
	return {
		mailbox,
		mark: mark === undefined ? randomUUID() : headerOf(mark),
		isKeyed: mark !== undefined,
		message,
		files: [
			...attachments.map(asFile),
			...inline.map((file) => ({ ...asFile(file), contentId: file.property })),
		],
	};
}

const person = ({ name, address }: Address): IDataObject & Person => ({
	email: address,
	...(name === '' ? {} : { name }),
});

function readFrom(options: ParameterReader, mailbox: string): IDataObject {
	const [from, ...more] = readAddresses(options, 'from');
	if (more.length > 0)
		throw options.fieldError('from', 'has more than one address', 'Enter one, like Shop <shop@example.com>.');
	return from === undefined ? { email: mailbox } : person(from);
}

const asFile = ({ fileName, mimeType, content }: Attachment): OutgoingFile => ({
	name: fileName,
	mimeType,
	content: content.toString('base64'),
});
