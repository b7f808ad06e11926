import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource, WithFiles } from '../../../core/node/operation';
import { truncate } from '../../../core/text';
import { attachmentsOf, fileOf, type Attachment } from '../mail/attachments';
import { readTarget, targetFields, type Target } from '../message/target';

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many attachments',
	description: 'Get what is attached to a message, without the content. Inline images too.',
	fields: [...targetFields, ...limitFields],
	read: (item) => ({ target: readTarget(item), limit: item.limit() }),
	call: async ({ target: { mailbox, id }, limit }, client) =>
		(await attachmentsOf(client, mailbox, id)).slice(0, limit),
});

const download = perItem({
	name: 'Download',
	value: 'getContent',
	action: 'Download an attachment',
	description: 'Get an attachment as a file',
	fields: [
		...targetFields,
		{
			displayName: 'Attachment ID',
			name: 'attachmentId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 0-3',
			description: 'The ID that Get Many of attachments has given',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'property',
			type: 'string',
			required: true,
			default: 'data',
			description: 'The name of the binary field that the file goes to',
		},
	],
	read: (item) => ({
		target: readTarget(item),
		attachmentId: item.requiredText('attachmentId'),
		property: item.requiredText('property'),
	}),
	async call({ target, attachmentId, property }, client) {
		const row = await one(client, target, attachmentId);
		return new WithFiles(row, { [property]: await fileOf(client, target.mailbox, target.id, row) });
	},
});

/** Alimail has no path for what is known of one file: it is in the list. */
async function one(client: Client, { mailbox, id }: Target, attachmentId: string): Promise<Attachment> {
	const found = (await attachmentsOf(client, mailbox, id)).find((row) => row.id === attachmentId);
	if (found !== undefined) return found;
	throw new ServiceError({
		service: 'Alimail',
		message: `The message has no attachment with the ID “${truncate(attachmentId)}”`,
		remedy: 'Take the ID from “Get Many” of attachments for the same message.',
		field: 'Attachment ID',
		outcome: 'notSent',
	});
}

export const attachment = resource({
	name: 'Attachment',
	value: 'attachment',
	description: 'Files of messages',
	operations: [getAll, download],
});
