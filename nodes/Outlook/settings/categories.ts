import type { INodeProperties } from 'n8n-workflow';
import { invalidInput } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { locator } from '../../../core/node/locator';
import { perItem, resource } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { truncate } from '../../../core/text';
import { categoryNamed, categoryPath, createCategory, listCategories } from '../api/categories';
import { changing } from '../api/kept';
import { changeRecord, removeRecord } from '../api/records';
import { mailboxField, readMailbox } from '../mailbox';

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

const { modes = [], ...chosen } = locator({
	displayName: 'Category',
	name: 'categoryId',
	description: 'The category: from the list, by its name, or by the ID that Get Many has given',
	search: 'searchCategories',
	example: '1c5d8a7e-3b0f-4b52-9e8f-0d3f6c8b2a11',
});
const categoryField: INodeProperties = {
	...chosen,
	modes: [...modes, { displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Invoice' }],
};

const readCategory = (item: ParameterReader) => ({
	mailbox: readMailbox(item),
	category: item.resourceLocator('categoryId'),
});
type Chosen = ReturnType<typeof readCategory>;

/** @throws {ServiceError} for a name that no category has */
async function pathOf({ mailbox, category: { mode, value } }: Chosen, client: Client): Promise<string> {
	const id = mode === 'name' ? await categoryNamed(value, mailbox, client) : value;
	if (id !== undefined) return categoryPath(mailbox, id, client);
	throw invalidInput(
		'Category',
		`The mailbox has no category “${truncate(value)}”`,
		'Check the name, or choose the category from the list.',
	);
}

const changingThem = changing('categories');

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
			call: ({ mailbox, limit }, client: Client) => listCategories(mailbox, client, limit),
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
				await changingThem(mailbox, client, async () => await createCategory(mailbox, body, client)),
		}),
		perItem({
			name: 'Update',
			value: 'update',
			action: 'Change the color of a category',
			description: 'Give a category another color',
			fields: [mailboxField, categoryField, colorField],
			read: (item) => ({ ...readCategory(item), color: item.option('color') }),
			call: async ({ color, ...chosen }, client: Client) =>
				await changeRecord(await pathOf(chosen, client), { color }, client),
		}),
		perItem({
			name: 'Delete',
			value: 'delete',
			action: 'Delete a category',
			description: 'Offer a category no more. Messages that have it keep its name.',
			fields: [mailboxField, categoryField],
			read: readCategory,
			async call(chosen, client: Client) {
				const own = await pathOf(chosen, client);
				return await changingThem(
					chosen.mailbox,
					client,
					async () => await removeRecord(own, chosen.category.value, client),
				);
			},
		}),
	],
});
