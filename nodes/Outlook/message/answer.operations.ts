import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { readBodies } from '../../../core/mail/compose';
import {
	attachmentsOption,
	bccOption,
	ccOption,
	inlineImagesOption,
	mailFields,
} from '../../../core/mail/fields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { byDisplayName } from '../../../core/node/properties';
import { escapeHtml } from '../../../core/text';
import { getMessage, messagePath, withoutNotes, type Target } from '../api/messages';
import { rootOf } from '../mailbox';
import { extraOptions, readExtras } from './compose';
import { markedIn, newMark } from '../api/records';
import { attachAll, changeOwnDraft, sendOwnDraft } from './deliver';
import { readFiles, type OutgoingFile } from './files';
import { peopleOfAnswer, type AnswerPeople } from './answerPeople';
import { demandFew, readRecipients, readSomebody } from './people';
import { readTarget, targetFields } from './target';

type Kind = 'Reply' | 'ReplyAll' | 'Forward';

const wordFields = mailFields
	.filter(({ name }) => name === 'html' || name === 'text')
	.map((field) => ({
		...field,
		description: `${field.description as string} The earlier message stays below it.`,
	}));

const draftOnlyField: INodeProperties = {
	displayName: 'Only Save as Draft',
	name: 'asDraft',
	type: 'boolean',
	default: false,
	description: 'Whether to leave it in Drafts, for a person to look at and send',
};

const toOption: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	default: '',
	placeholder: 'e.g. ana@example.com',
	description: 'Who gets it instead of the sender. When it is empty, Reply-To of the message counts.',
};

const subjectOption: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	default: '',
	placeholder: 'e.g. Your order 4711',
	description: 'Instead of the one that Outlook makes of the message’s own, with Re: or Fw: before it',
};

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'What most answers do without',
	options: byDisplayName([
		...extraOptions,
		attachmentsOption,
		bccOption,
		ccOption,
		inlineImagesOption,
		subjectOption,
		toOption,
	]),
};

interface Answer {
	target: Target;
	html: string;
	/** Who was entered, without lists that are empty. */
	people: AnswerPeople;
	/** What the draft is made with. */
	changes: IDataObject;
	/** What takes the place of Outlook's own in the draft. */
	ownWords: IDataObject;
	files: OutgoingFile[];
	asDraft: boolean;
}

async function read(item: ParameterReader, to: IDataObject[]): Promise<Answer> {
	const options = item.collection('options');
	const { html, text } = readBodies(item);
	const people = {
		toRecipients: to,
		ccRecipients: readRecipients(options, 'cc'),
		bccRecipients: readRecipients(options, 'bcc'),
	};
	demandFew(item, people);
	const { from, replyTo, ...changes } = readExtras(options);
	const subject = options.words('subject');
	return {
		target: readTarget(item),
		html: html ?? `<div>${escapeHtml(text).replace(/\r?\n/g, '<br>')}</div>`,
		people: Object.fromEntries(Object.entries(people).filter(([, list]) => list.length > 0)),
		changes,
		ownWords: {
			...(from === undefined ? {} : { from }),
			...(replyTo === undefined ? {} : { replyTo }),
			...(subject === '' ? {} : { subject }),
		},
		files: await readFiles(item, options),
		asDraft: item.boolean('asDraft'),
	};
}

/** A draft with the earlier message in it, the own words above, and the files; then it goes. */
async function answer(
	kind: Kind,
	{ target, html, people, changes, ownWords, files, asDraft }: Answer,
	client: Client,
): Promise<IDataObject> {
	const { mailbox } = target;
	const { inDraft, joined } = await sortPeople(kind, target, people, client);
	const draft = await createAnswer(kind, target, { ...changes, ...inDraft }, client);
	const id = String(draft.id);
	const { content = '' } = (draft.body ?? {}) as { content?: string };
	const whole = await changeOwnDraft(
		{ mailbox, id },
		{ ...joined(draft), ...ownWords, body: { contentType: 'html', content: above(html, content) } },
		client,
	);
	await attachAll(mailbox, id, files, client);
	if (!asDraft) await sendOwnDraft(mailbox, id, client);
	const { subject, conversationId, internetMessageId, toRecipients } = { ...draft, ...whole };
	return { id, sent: !asDraft, subject, conversationId, internetMessageId, toRecipients } as IDataObject;
}

/**
 * People that stand in the request for the draft take the place of those that Outlook would put in. So the draft of an
 * answer is made without, and gets them with its words; only a message that is forwarded has nobody of its own.
 */
async function sortPeople(kind: Kind, target: Target, entered: AnswerPeople, client: Client) {
	if (kind === 'Forward') return { inDraft: entered, joined: () => ({}) };
	const answered = await getMessage(target, client, { select: ['from', 'replyTo', 'toRecipients'] });
	const isToAll = kind === 'ReplyAll';
	return {
		inDraft: {},
		joined: (draft: IDataObject) => ({ ...peopleOfAnswer({ isToAll, draft, answered, entered }) }),
	};
}

async function createAnswer(
	kind: Kind,
	target: Target,
	changes: IDataObject,
	client: Client,
): Promise<IDataObject> {
	const mark = newMark();
	const { toRecipients, ...rest } = changes;
	// Who a message is forwarded to stands beside it, not in it.
	const [message, beside] = kind === 'Forward' ? [rest, { toRecipients }] : [changes, {}];
	return withoutNotes(
		await client.send({
			method: 'POST',
			path: `${messagePath(target, client)}/create${kind}`,
			body: { ...beside, message: { ...message, singleValueExtendedProperties: [mark] } },
			idempotent: false,
			answer: ['id'],
			reconcile: async () =>
				await markedIn(`${rootOf(target.mailbox, client)}/mailFolders/drafts/messages`, mark, client),
			manualCheck: 'Look in Drafts of the mailbox. Nothing was sent.',
		}),
	);
}

/** Words put in front of what stands in a page. */
export function above(words: string, page: string): string {
	const start = /<body[^>]*>/i.exec(page);
	if (start === null) return `${words}<br>${page}`;
	const at = start.index + start[0].length;
	return `${page.slice(0, at)}${words}<br>${page.slice(at)}`;
}

export const reply = perItem({
	name: 'Reply',
	value: 'reply',
	action: 'Reply to a message',
	description: 'Answer who wrote a message (or its Reply-To), with the message below the words',
	fields: [...targetFields, ...wordFields, draftOnlyField, optionsField],
	read: async (item) => await read(item, readRecipients(item.collection('options'), 'to')),
	call: async (given, client) => await answer('Reply', given, client),
});

export const replyAll = perItem({
	name: 'Reply to All',
	value: 'replyAll',
	action: 'Reply to all of a message',
	description: 'Answer everybody who got a message too, with the message below the words',
	fields: [...targetFields, ...wordFields, draftOnlyField, optionsField],
	read: async (item) => await read(item, readRecipients(item.collection('options'), 'to')),
	call: async (given, client) => await answer('ReplyAll', given, client),
});

const forwardTo: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ana@example.com, li.wei@example.com',
	description: 'Who gets it. Separate several addresses with commas.',
};

export const forward = perItem({
	name: 'Forward',
	value: 'forward',
	action: 'Forward a message',
	description: 'Send a message on with its files, with words of your own above it',
	fields: [
		...targetFields,
		forwardTo,
		...wordFields,
		draftOnlyField,
		{
			...optionsField,
			options: (optionsField.options as INodeProperties[]).filter(({ name }) => name !== 'to'),
		},
	],
	async read(item) {
		return await read(item, readSomebody(item, 'to'));
	},
	call: async (given, client) => await answer('Forward', given, client),
});
