import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource, WithFiles } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { listRecords, removeRecord } from '../api/records';
import { attach } from './attach';
import { BRIEF, contentOf, told } from './content';
import { readFile } from '../message/files';
import { ownerFields, ownerPath, readOwner, type Owner } from './owner';

const attachmentField: INodeProperties = {
	displayName: 'Attachment ID',
	name: 'attachmentId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. AAMkAGI2TG93AAA=',
	description: 'The ID that Get Many of attachments has given',
};

interface One {
	owner: Owner;
	id: string;
}
const readOne = (item: ParameterReader): One => ({
	owner: readOwner(item),
	id: item.requiredText('attachmentId'),
});
const pathOf = ({ owner, id }: One, client: Client): string =>
	`${ownerPath(owner, client)}${path`/attachments/${id}`}`;

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many attachments',
	description: 'Get what is attached to a message or an event, without the content. Inline images too.',
	fields: [...ownerFields, ...limitFields],
	read: (item) => ({ owner: readOwner(item), limit: item.limit() }),
	async *call({ owner, limit }, client) {
		const list = `${ownerPath(owner, client)}/attachments`;
		for await (const row of listRecords(list, client, limit, { $select: BRIEF })) yield told(row);
	},
});

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get an attachment',
	description: 'Get what is known of one attachment, without the content',
	fields: [...ownerFields, attachmentField],
	read: readOne,
	call: async (one, client) => told(await client.get(pathOf(one, client), { $select: BRIEF })),
});

const download = perItem({
	name: 'Download',
	value: 'getContent',
	action: 'Download an attachment',
	description: 'Get an attachment as a file, a message as .eml, an event as .ics, a contact as .vcf',
	fields: [
		...ownerFields,
		attachmentField,
		{
			displayName: 'Put Output File in Field',
			name: 'property',
			type: 'string',
			required: true,
			default: 'data',
			description: 'The name of the binary field that the file goes to',
		},
	],
	read: (item) => ({ ...readOne(item), property: item.requiredText('property') }),
	async call({ property, ...one }, client) {
		const row = told(await client.get(pathOf(one, client), { $select: BRIEF }));
		if (row.kind === 'link') return row;
		return new WithFiles(row, { [property]: await contentOf(row, pathOf(one, client), client) });
	},
});

const add = perItem({
	name: 'Add',
	value: 'add',
	action: 'Add an attachment',
	description:
		'Add a file of any size that Outlook takes to a draft or an event; large ones go piece by piece',
	fields: [
		...ownerFields,
		{
			displayName: 'Input Data Field Name',
			name: 'property',
			type: 'string',
			required: true,
			default: 'data',
			description: 'The name of the binary field with the file',
		},
	],
	read: async (item) => ({
		owner: readOwner(item),
		file: await readFile(item, item.requiredText('property')),
	}),
	call: async ({ owner, file }, client) => told(await attach(ownerPath(owner, client), file, client)),
});

const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an attachment',
	description: 'Take attachments off messages and events',
	fields: [...ownerFields, attachmentField],
	read: readOne,
	call: async (one, client) => await removeRecord(pathOf(one, client), one.id, client),
});

export const attachment = resource({
	name: 'Attachment',
	value: 'attachment',
	description: 'Files, messages and links that are attached to messages and events',
	operations: [getAll, get, download, add, remove],
});
