import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { mergeFieldsOf } from '../api/audiences';
import { change } from '../api/change';
import { rowCalled } from '../api/rows';
import { noLinks, withoutLinks } from '../connection';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { mergeFieldId, mergeFieldLocator, readSettings, settingsField } from './fields';

/** https://mailchimp.com/developer/marketing/api/list-merges/list-merge-fields/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many merge fields',
	description: 'Get the fields that contacts of an audience can have',
	fields: [audienceLocator, ...limitFields],
	read: (item) => ({ audience: audienceId(item), limit: item.limit() }),
	call: ({ audience, limit }, client) => mergeFieldsOf(client, audience, limit),
});

/** https://mailchimp.com/developer/marketing/api/list-merges/get-merge-field/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a merge field',
	description: 'Get a field with its type, choices and settings',
	fields: [audienceLocator, mergeFieldLocator],
	read: (item) => ({ audience: audienceId(item), id: mergeFieldId(item) }),
	call: async ({ audience, id }, client) =>
		await client.get(path`/lists/${audience}/merge-fields/${id}`, noLinks()),
});

const TYPES = [
	{ name: 'Address', value: 'address' },
	{ name: 'Birthday', value: 'birthday' },
	{ name: 'Date', value: 'date' },
	{ name: 'Dropdown', value: 'dropdown' },
	{ name: 'Image URL', value: 'imageurl' },
	{ name: 'Number', value: 'number' },
	{ name: 'Phone', value: 'phone' },
	{ name: 'Radio Buttons', value: 'radio' },
	{ name: 'Text', value: 'text' },
	{ name: 'URL', value: 'url' },
	{ name: 'ZIP Code', value: 'zip' },
];

/** https://mailchimp.com/developer/marketing/api/list-merges/add-merge-field/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a merge field',
	description: 'Give an audience another field',
	fields: [
		audienceLocator,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Department',
			description: 'What people read',
		},
		{
			displayName: 'Merge Tag',
			name: 'tag',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. DEPT',
			description: 'What campaigns and this node call it: up to 10 letters, digits and underscores',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: TYPES,
			default: 'text',
			description: 'What its values are; it cannot be changed later',
		},
		settingsField(),
	],
	read(item) {
		const tag = item.requiredText('tag').toUpperCase();
		if (!/^[A-Z0-9_]{1,10}$/.test(tag))
			throw item.fieldError('tag', `is “${tag}”`, 'Use up to 10 letters, digits and underscores, like DEPT.');
		const type = item.option('type');
		const settings = readSettings(item.collection('settings'));
		if ((type === 'dropdown' || type === 'radio') && settings.options === undefined)
			throw item.fieldError(
				'settings',
				'has no choices, which this type needs',
				'Add Choices under Settings.',
			);
		return { audience: audienceId(item), body: { name: item.requiredText('name'), tag, type, ...settings } };
	},
	async call({ audience, body }, client) {
		return withoutLinks(
			await client.send<IDataObject>({
				method: 'POST',
				path: path`/lists/${audience}/merge-fields`,
				body,
				answer: ['merge_id', 'tag'],
				idempotent: false,
				async reconcile() {
					const found = await rowCalled(mergeFieldsOf(client, audience), 'tag', body.tag);
					const made = { service: 'Mailchimp', what: `the merge field ${body.tag}`, field: 'Merge Tag' };
					return found && ownOrTheirs(found, body, made);
				},
				manualCheck: `Look in Mailchimp whether the merge field ${body.tag} is there.`,
			}),
		);
	},
});

/** https://mailchimp.com/developer/marketing/api/list-merges/update-merge-field/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a merge field',
	description: 'Change a field; its type stays',
	fields: [
		audienceLocator,
		mergeFieldLocator,
		settingsField([
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Department',
				description: 'What people read',
			},
		]),
	],
	read(item) {
		const settings = item.collection('settings');
		const body = {
			...(settings.has('name') ? { name: settings.text('name') } : {}),
			...readSettings(settings),
		};
		if (Object.keys(body).length === 0)
			throw item.fieldError('settings', 'names nothing to change', 'Add at least one setting.');
		return { audience: audienceId(item), id: mergeFieldId(item), body };
	},
	async call({ audience, id, body }, client) {
		return await change(client, path`/lists/${audience}/merge-fields/${id}`, body, ['merge_id', 'tag']);
	},
});

/** https://mailchimp.com/developer/marketing/api/list-merges/delete-merge-field/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a merge field',
	description: 'Delete a field with the values that contacts have in it',
	fields: [audienceLocator, mergeFieldLocator],
	asTool: false,
	read: (item) => ({ audience: audienceId(item), id: mergeFieldId(item) }),
	async call({ audience, id }, client) {
		await client.delete(path`/lists/${audience}/merge-fields/${id}`);
		return { deleted: true, merge_id: id };
	},
});
