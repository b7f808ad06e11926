import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { bccOption, ccOption, replyToOption } from '../../../core/mail/fields';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { categoriesOption, importanceOption } from './compose';
import { demandFew, readRecipients } from './people';
import { inOrder } from '../api/inOrder';
import { change, readTarget, targetFields } from './target';

const draftOptions: INodeProperties[] = [
	{
		displayName: 'HTML Body',
		name: 'html',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description: 'The words as a formatted page. Of drafts only.',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		description: 'The subject line. Of drafts only.',
	},
	{
		displayName: 'Text Body',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description: 'The words without formatting, when there is no HTML. Of drafts only.',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. ana@example.com',
		description: 'Who receives it; empty takes everybody out. Of drafts only.',
	},
	{ ...bccOption, description: 'Who receives a hidden copy. Of drafts only.' },
	{ ...ccOption, description: 'Who receives a copy. Of drafts only.' },
	{ ...replyToOption, description: 'Where answers go. Of drafts only.' },
];

const isReadOption: INodeProperties = {
	displayName: 'Is Read',
	name: 'isRead',
	type: 'boolean',
	default: true,
	description: 'Whether the message counts as read',
};

export const updateFields: INodeProperties = updateFieldsOf([
	...draftOptions,
	{ ...categoriesOption, description: 'Takes the place of all categories it had. Empty takes them away.' },
	{ ...importanceOption, description: 'How the message is marked. Of drafts only.' },
	isReadOption,
]);

/** Only what was added. @throws {ServiceError} when nothing was */
export function readChanges(item: ParameterReader): IDataObject {
	const fields = item.collection('updateFields');
	const people = (name: string, field: string) =>
		fields.value(field) === undefined ? {} : { [name]: readRecipients(fields, field) };
	const changes: IDataObject = {
		...(fields.has('subject') ? { subject: fields.words('subject') } : {}),
		...(fields.has('html')
			? { body: { contentType: 'html', content: String(fields.value('html')) } }
			: fields.has('text')
				? { body: { contentType: 'text', content: String(fields.value('text')) } }
				: {}),
		...people('toRecipients', 'to'),
		...people('ccRecipients', 'cc'),
		...people('bccRecipients', 'bcc'),
		...people('replyTo', 'replyTo'),
		...(fields.value('categories') === undefined ? {} : { categories: fields.names('categories') }),
		...(fields.has('importance') ? { importance: fields.option('importance') } : {}),
		...(fields.value('isRead') === undefined ? {} : { isRead: fields.boolean('isRead') }),
	};
	demandFew(item, {
		toRecipients: (changes.toRecipients ?? []) as IDataObject[],
		ccRecipients: (changes.ccRecipients ?? []) as IDataObject[],
		bccRecipients: (changes.bccRecipients ?? []) as IDataObject[],
	});
	if (Object.keys(changes).length === 0) throw noChanges(item);
	return changes;
}

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a message',
	description: 'Change messages, up to 20 in one request. Words and people of drafts only.',
	fields: [...targetFields, updateFields],
	read: (item) => ({ target: readTarget(item), changes: readChanges(item) }),
	call: async ({ target, changes }, client) =>
		await inOrder(target, client, async () => await change(target, changes, client)),
});
