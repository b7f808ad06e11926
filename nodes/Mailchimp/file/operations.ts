import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { fileNameOf, selectBinary } from '../../../core/mail/attachments';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { megabytes } from '../../../core/text';
import { make } from '../api/newcomers';
import { listOf, noLinks, withoutLinks } from '../connection';
import { filtersOf, queryOf, timeFilter, timesOf } from '../filters';

const FILES = '/file-manager/files';

/** It goes as base64 in one JSON body, which is in memory as a whole: so much is the pack's own bound. */
const MOST_BYTES = 20 * 1024 * 1024;

const fileIdField: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 7564',
	description: 'The ID of the file, which File → Get Many gives',
};

function fileId(item: ParameterReader): string {
	const id = item.requiredText('fileId');
	if (!/^\d{1,15}$/.test(id))
		throw item.fieldError('fileId', `is not a number: “${id}”`, 'File → Get Many shows it as “id”.');
	return id;
}

async function readFile(item: ParameterReader) {
	const property = item.requiredText('binaryField');
	selectBinary(item, [property], 'Input Data Field Name');
	const { bytes } = await item.stream(property);
	if (bytes > MOST_BYTES)
		throw item.fieldError(
			'binaryField',
			`is ${megabytes(bytes)} long`,
			`Upload it in Mailchimp by hand, or make it smaller: up to ${megabytes(MOST_BYTES)} go through this node.`,
		);
	if (bytes === 0)
		throw item.fieldError('binaryField', 'is empty', 'Check the node that should have loaded it.');
	const options = item.collection('options');
	const name = options.text('name') || fileNameOf(property, item.binary(property));
	if (!/\.\w{1,10}$/.test(name))
		throw options.fieldError(
			'name',
			`has no ending: “${name}”`,
			'Mailchimp tells images from files by it: give a name like logo.png.',
		);
	const folder = options.has('folder') ? options.number('folder') : undefined;
	return { name, data: await item.bytes(property), ...(folder === undefined ? {} : { folder }) };
}

/** https://mailchimp.com/developer/marketing/api/file-manager-files/add-file/ */
export const upload = perItem({
	name: 'Upload',
	value: 'upload',
	action: 'Upload a file',
	description: 'Put a file of the item into the File Manager; its URL can stand in campaigns',
	fields: [
		{
			displayName: 'Input Data Field Name',
			name: 'binaryField',
			type: 'string',
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			description: 'The name of the binary field with the file',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What is seldom needed',
			options: [
				{
					displayName: 'File Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. logo.png',
					description: 'What the file is called in Mailchimp; empty: as it is called',
				},
				{
					displayName: 'Folder ID',
					name: 'folder',
					type: 'number',
					default: 0,
					description: 'The number of a folder of the File Manager',
				},
			],
		},
	],
	read: readFile,
	async call({ name, data, folder }, client) {
		const from = new Date(Date.now() - LATELY_MS).toISOString();
		return withoutLinks(
			await make(client, {
				key: `file ${name}`,
				path: FILES,
				body: {
					name,
					file_data: data.toString('base64'),
					...(folder === undefined ? {} : { folder_id: folder }),
				},
				answer: ['id', 'name'],
				list: async () => await namesakes(client, name, from),
				isIt: ({ size }) => size === data.length,
				manualCheck: `Look in Mailchimp’s File Manager whether “${name}” is there.`,
			}),
		);
	},
});

/** So far back a new file is looked for, whatever the clocks say: a File Manager may hold tens of thousands of older ones. */
const LATELY_MS = 24 * 60 * 60_000;

/** Mailchimp allows several files of one name. @param from ISO 8601 */
async function namesakes(
	client: Client,
	name: string,
	from: string,
): Promise<Array<IDataObject & { id: number }>> {
	const found: Array<IDataObject & { id: number }> = [];
	const query = { since_created_at: from, ...noLinks('files') };
	for await (const row of client.pages(FILES, listOf('files'), query))
		if (row.name === name) found.push(row as IDataObject & { id: number });
	return found;
}

/** https://mailchimp.com/developer/marketing/api/file-manager-files/list-stored-files/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many files',
	description: 'Get the files of the File Manager, each with its URL',
	fields: [
		...limitFields,
		filtersOf([
			timeFilter('Created After', 'createdAfter', 'Only files that were uploaded after this time'),
			timeFilter('Created Before', 'createdBefore', 'Only files that were uploaded before this time'),
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'File', value: 'file' },
					{ name: 'Image', value: 'image' },
				],
				default: 'image',
				description: 'Only images, or only other files',
			},
		]),
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: item.limit(),
			query: {
				...queryOf(filters, { type: 'type' }),
				...timesOf(filters, { createdAfter: 'since_created_at', createdBefore: 'before_created_at' }),
			},
		};
	},
	call: ({ limit, query }, client) =>
		client.pages(FILES, listOf('files'), { ...query, ...noLinks('files') }, limit),
});

/** https://mailchimp.com/developer/marketing/api/file-manager-files/get-file/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a file',
	description: 'Get a file of the File Manager with its URL',
	fields: [fileIdField],
	read: fileId,
	call: async (id, client) => await client.get(path`/file-manager/files/${id}`, noLinks()),
});

/** https://mailchimp.com/developer/marketing/api/file-manager-files/delete-file/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a file',
	description: 'Delete a file; campaigns that show it show it no more',
	fields: [fileIdField],
	read: fileId,
	async call(id, client) {
		await client.delete(path`/file-manager/files/${id}`);
		return { deleted: true, id };
	},
});
