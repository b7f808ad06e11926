import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import { changeRecord, createPlain, listRecords, removeRecord } from '../api/records';
import { mailboxField, readMailbox, rootOf } from '../mailbox';

/** What Outlook shows for each of Graph's presets (https://learn.microsoft.com/graph/api/resources/outlookcategory). */
const COLORS = [
	'Red',
	'Orange',
	'Brown',
	'Yellow',
	'Green',
	'Teal',
	'Olive',
	'Blue',
	'Purple',
	'Cranberry',
	'Steel',
	'Dark Steel',
	'Gray',
	'Dark Gray',
	'Black',
	'Dark Red',
	'Dark Orange',
	'Dark Brown',
	'Dark Yellow',
	'Dark Green',
	'Dark Teal',
	'Dark Olive',
	'Dark Blue',
	'Dark Purple',
	'Dark Cranberry',
];

const colorOptions = [
	...COLORS.map((name, i) => ({ name, value: `preset${i}` })),
	{ name: 'None', value: 'none' },
].sort((a, b) => a.name.localeCompare(b.name, 'en'));

const colorField: INodeProperties = {
	displayName: 'Color',
	name: 'color',
	type: 'options',
	options: colorOptions,
	default: 'none',
	description: 'The color of the category',
};

const idField: INodeProperties = {
	displayName: 'Category ID',
	name: 'categoryId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. 1c5d8a7e-3b0f-4b52-9e8f-0d3f6c8b2a11',
	description: 'The ID that Get Many has given',
};

const listPath = (mailbox: string, client: Client) => `${rootOf(mailbox, client)}/outlook/masterCategories`;
const onePath = (mailbox: string, id: string, client: Client) =>
	`${listPath(mailbox, client)}${path`/${id}`}`;

export const category = resource({
	name: 'Category',
	value: 'category',
	description: 'The categories that a mailbox offers, with their colors',
	operations: [
		perItem({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many categories',
			description: 'Get the categories of a mailbox',
			fields: [mailboxField, ...limitFields],
			read: (item) => ({ mailbox: readMailbox(item), limit: item.limit() }),
			call: ({ mailbox, limit }, client: Client) => listRecords(listPath(mailbox, client), client, limit),
		}),
		perItem({
			name: 'Create',
			value: 'create',
			action: 'Create a category',
			description: 'Offer another category',
			fields: [
				mailboxField,
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. Invoice',
					description: 'What it is called; it cannot be changed later',
				},
				colorField,
			],
			read: (item) => ({
				mailbox: readMailbox(item),
				body: { displayName: item.requiredText('name'), color: item.option('color') },
			}),
			call: async ({ mailbox, body }, client: Client) =>
				await createPlain(listPath(mailbox, client), body, client),
		}),
		perItem({
			name: 'Update',
			value: 'update',
			action: 'Change the color of a category',
			description: 'Give a category another color',
			fields: [mailboxField, idField, colorField],
			read: (item) => ({
				mailbox: readMailbox(item),
				id: item.requiredText('categoryId'),
				color: item.option('color'),
			}),
			call: async ({ mailbox, id, color }, client: Client) =>
				await changeRecord(onePath(mailbox, id, client), { color }, client),
		}),
		perItem({
			name: 'Delete',
			value: 'delete',
			action: 'Delete a category',
			description: 'Offer a category no more. Messages that have it keep its name.',
			fields: [mailboxField, idField],
			read: (item) => ({ mailbox: readMailbox(item), id: item.requiredText('categoryId') }),
			call: async ({ mailbox, id }, client: Client) =>
				await removeRecord(onePath(mailbox, id, client), id, client),
		}),
	],
});
