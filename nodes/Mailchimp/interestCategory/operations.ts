import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { categoriesOf } from '../api/audiences';
import { change } from '../api/change';
import { rowCalled } from '../api/rows';
import { noLinks, withoutLinks } from '../connection';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { categoryLocator, interestId } from './fields';

/** https://mailchimp.com/developer/marketing/api/interest-categories/list-interest-categories/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many interest categories',
	description: 'Get the categories of interests of an audience',
	fields: [audienceLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), limit: item.limit() }),
	call: ({ audience, limit }, client) => categoriesOf(client, audience, limit),
});

/** https://mailchimp.com/developer/marketing/api/interest-categories/get-interest-category-info/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get an interest category',
	description: 'Get a category with its title and how its interests are chosen',
	fields: [audienceLocator, categoryLocator],
	read: (item) => ({ audience: audienceId(item), category: interestId(item, 'category') }),
	call: async ({ audience, category }, client) =>
		await client.get(path`/lists/${audience}/interest-categories/${category}`, noLinks()),
});

const TYPES = [
	{ name: 'Checkboxes', value: 'checkboxes', description: 'Any number of them can be chosen' },
	{ name: 'Dropdown', value: 'dropdown', description: 'One of them can be chosen' },
	{ name: 'Hidden', value: 'hidden', description: 'Not shown on signup forms' },
	{ name: 'Radio Buttons', value: 'radio', description: 'One of them can be chosen' },
];

/** https://mailchimp.com/developer/marketing/api/interest-categories/add-interest-category/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create an interest category',
	description: 'Make a category, for interests to be put into',
	fields: [
		audienceLocator,
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Topics',
			description: 'What signup forms show above the interests',
		},
		{
			displayName: 'Shown As',
			name: 'type',
			type: 'options',
			options: TYPES,
			default: 'checkboxes',
			description: 'How its interests are chosen on signup forms',
		},
	],
	read: (item) => ({
		audience: audienceId(item),
		body: { title: item.requiredText('title'), type: item.option('type') },
	}),
	async call({ audience, body }, client) {
		const made = { service: 'Mailchimp', what: `the interest category “${body.title}”`, field: 'Title' };
		return withoutLinks(
			await client.send<IDataObject>({
				method: 'POST',
				path: path`/lists/${audience}/interest-categories`,
				body,
				answer: ['id', 'title'],
				idempotent: false,
				async reconcile() {
					const found = await rowCalled(categoriesOf(client, audience), 'title', body.title);
					return found && ownOrTheirs(found, body, made);
				},
				manualCheck: `Look in Mailchimp whether the interest category “${body.title}” is there.`,
			}),
		);
	},
});

/** https://mailchimp.com/developer/marketing/api/interest-categories/update-interest-category/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update an interest category',
	description: 'Change the title of a category and how it is shown',
	fields: [
		audienceLocator,
		categoryLocator,
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Topics',
			description: 'What signup forms show above the interests from now on',
		},
		{
			displayName: 'Shown As',
			name: 'type',
			type: 'options',
			options: TYPES,
			default: 'checkboxes',
			description: 'How its interests are chosen on signup forms from now on',
		},
	],
	read: (item) => ({
		audience: audienceId(item),
		category: interestId(item, 'category'),
		body: { title: item.requiredText('title'), type: item.option('type') },
	}),
	call: async ({ audience, category, body }, client) =>
		await change(client, path`/lists/${audience}/interest-categories/${category}`, body, ['id', 'title']),
});

/** https://mailchimp.com/developer/marketing/api/interest-categories/delete-interest-category/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an interest category',
	description: 'Delete a category with its interests, and what contacts have chosen of them',
	fields: [audienceLocator, categoryLocator],
	asTool: false,
	read: (item) => ({ audience: audienceId(item), category: interestId(item, 'category') }),
	async call({ audience, category }, client) {
		await client.delete(path`/lists/${audience}/interest-categories/${category}`);
		return { deleted: true, id: category };
	},
});
