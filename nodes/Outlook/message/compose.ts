import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readHeaders, readWords } from '../../../core/mail/compose';
import { hintMissingImages } from '../../../core/mail/inlineImages';
import {
	attachmentsOption,
	bccOption,
	ccOption,
	headersOption,
	inlineImagesOption,
	mailFields,
	replyToOption,
} from '../../../core/mail/fields';
import { byDisplayName } from '../../../core/node/properties';
import type { RunFeedback } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { mailboxField, readMailbox } from '../mailbox';
import { readFiles, type OutgoingFile } from './files';
import { readPeople, readRecipients } from './people';
import { readThread, threadOptions } from './thread';

/** A message to send or to keep as a draft. */
export interface Outgoing {
	mailbox: string;
	/** As Graph writes it, without files. */
	message: IDataObject;
	files: OutgoingFile[];
	/** When Exchange lets it go, when not at once. */
	sendAt?: Date;
	/** Properties of MAPI that Graph has no field for. */
	marks?: IDataObject[];
	/** Whether nothing of it is to stay in Sent Items. */
	leavesNoCopy?: boolean;
}

/** When Exchange lets a message go ([MS-OXOMSG] 2.2.3.4, PidTagDeferredSendTime). */
export const LETS_GO_AT = 'SystemTime 0x3FEF';

/**
 * Exchange deletes the message when it has left, instead of moving it to Sent Items ([MS-OXOMSG] 3.3.5.1.3,
 * PidTagDeleteAfterSubmit; https://learn.microsoft.com/graph/outlook-things-to-know-about-send-mail, step 4).
 */
const LEAVES_NO_COPY = { id: 'Boolean 0x0E01', value: 'true' };

export const importanceOption: INodeProperties = {
	displayName: 'Importance',
	name: 'importance',
	type: 'options',
	options: [
		{ name: 'High', value: 'high' },
		{ name: 'Low', value: 'low' },
		{ name: 'Normal', value: 'normal' },
	],
	default: 'normal',
	description: 'How the message is marked',
};

export const categoriesOption: INodeProperties = {
	displayName: 'Categories',
	name: 'categories',
	type: 'string',
	default: '',
	placeholder: 'e.g. Invoice, "To Check"',
	description:
		'Names of categories, with commas between them. Put double quotes around one with a comma in it.',
};

const fromOption: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	default: '',
	placeholder: 'e.g. Shop <shop@example.com>',
	description: 'Another address to send from. The mailbox needs the right to send as it, or on its behalf.',
};

const receiptOptions: INodeProperties[] = [
	{
		displayName: 'Delivery Receipt',
		name: 'deliveryReceipt',
		type: 'boolean',
		default: false,
		description: 'Whether to ask for a note when the message has arrived',
	},
	{
		displayName: 'Read Receipt',
		name: 'readReceipt',
		type: 'boolean',
		default: false,
		description: 'Whether to ask for a note when the message has been read',
	},
];

export const sendAtOption: INodeProperties = {
	displayName: 'Send At',
	name: 'sendAt',
	type: 'dateTime',
	default: '',
	description:
		'Exchange holds the message (in Drafts or the Outbox) until then. A time that is past sends it at once.',
};

export const saveOption: INodeProperties = {
	displayName: 'Save to Sent Items',
	name: 'save',
	type: 'boolean',
	default: true,
	description:
		'Whether a copy stays in Sent Items. Without one nobody can look up what was sent, and the ID of the message leads nowhere. Keep Prevent Double Sending on: without it and without a copy, nobody can find out whether a message has gone whose answer got lost.',
};

/** The form of a message: the core's own mail form without From, which Outlook has as an option. */
export const messageFields: INodeProperties[] = [
	mailboxField,
	...mailFields.filter(({ name }) => name !== 'from'),
];

/** What is neither people, files nor time. */
export const extraOptions: INodeProperties[] = [
	categoriesOption,
	{
		...headersOption,
		description: 'Lines of your own to add to the message. Outlook takes names that begin with X-.',
	},
	fromOption,
	importanceOption,
	replyToOption,
	...receiptOptions,
];

export const messageOptions: INodeProperties[] = byDisplayName([
	...extraOptions,
	attachmentsOption,
	bccOption,
	ccOption,
	inlineImagesOption,
	...threadOptions,
]);

export const optionsOf = (more: INodeProperties[] = []): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'What most messages do without',
	options: byDisplayName([...messageOptions, ...more]),
});
export const sendOptions = optionsOf([sendAtOption]);

/**
 * Reads the form of one item.
 *
 * @param mayLackTo whether To may be empty, as it may of a draft
 * @throws {ServiceError} that names the field
 */
export async function compose(
	item: ParameterReader,
	feedback: RunFeedback,
	{ mayLackTo = false }: { mayLackTo?: boolean } = {},
): Promise<Outgoing> {
	const mailbox = readMailbox(item);
	const options = item.collection('options');
	const { subject, html, text } = readWords(item, feedback);
	const files = await readFiles(item, options);
	const inline = files.flatMap(({ name, contentId }) =>
		contentId === undefined ? [] : [{ property: contentId, fileName: name }],
	);
	hintMissingImages(html, inline, item, options, feedback);
	const sendAt = readSendAt(options);
	const marks = readThread(options);
	return {
		mailbox,
		files,
		...(sendAt === undefined ? {} : { sendAt }),
		...(marks.length === 0 ? {} : { marks }),
		message: {
			subject,
			body:
				html === undefined ? { contentType: 'text', content: text } : { contentType: 'html', content: html },
			...readPeople(item, options, mayLackTo),
			...readExtras(options),
		},
	};
}

/** What `extraOptions` say, as Graph writes it. */
export function readExtras(options: ParameterReader): IDataObject {
	const [from] = readRecipients(options, 'from');
	const replyTo = readRecipients(options, 'replyTo');
	const headers = readOwnHeaders(options);
	const categories = options.names('categories');
	return {
		...(from === undefined ? {} : { from }),
		...(replyTo.length === 0 ? {} : { replyTo }),
		...(headers.length === 0 ? {} : { internetMessageHeaders: headers }),
		...(options.has('importance') ? { importance: options.option('importance') } : {}),
		...(categories.length === 0 ? {} : { categories }),
		...(options.boolean('readReceipt') ? { isReadReceiptRequested: true } : {}),
		...(options.boolean('deliveryReceipt') ? { isDeliveryReceiptRequested: true } : {}),
	};
}

function readSendAt(options: ParameterReader): Date | undefined {
	const given = options.time('sendAt');
	if (given === undefined || given.at !== undefined) return given?.at;
	throw options.fieldError('sendAt', `has no time of day: “${given.day}”`, 'Choose a date and a time.');
}

/** What of a message only a draft can carry, in MAPI properties: sendMail takes no notice of them. */
export const draftOnly = ({ sendAt, marks = [] }: Outgoing): IDataObject[] => [
	...marks,
	...(sendAt === undefined ? [] : [{ id: LETS_GO_AT, value: sendAt.toISOString() }]),
];

/** All that a draft carries in MAPI properties. */
export const extendedOf = (outgoing: Outgoing): IDataObject[] => [
	...draftOnly(outgoing),
	...(outgoing.leavesNoCopy === true ? [LEAVES_NO_COPY] : []),
];

function readOwnHeaders(options: ParameterReader): Array<{ name: string; value: string }> {
	const headers = readHeaders(options);
	const other = headers.find(({ name }) => !/^x-/i.test(name));
	if (other !== undefined)
		throw options.fieldError(
			'headers',
			`has “${other.name}”, and Outlook takes only names that begin with X-`,
			'Give it a name such as X-Order-Number. To answer a message in its conversation, use Reply, or the option In Reply To.',
		);
	return headers;
}
