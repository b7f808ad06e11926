import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { change } from '../api/change';
import { make } from '../api/newcomers';
import { listTemplates } from '../api/templates';
import { listOf, noLinks, withoutLinks } from '../connection';
import { filtersOf, queryOf, timeFilter, timesOf } from '../filters';
import { folderOption, htmlField, nameField, templateId, templateLocator } from './fields';

/** https://mailchimp.com/developer/marketing/api/templates/list-templates/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many templates',
	description: 'Get the templates of the account, your own and those of Mailchimp',
	fields: [
		...limitFields,
		filtersOf([
			{
				displayName: 'Category',
				name: 'category',
				type: 'string',
				default: '',
				placeholder: 'e.g. Newsletters',
				description: 'Only templates of Mailchimp’s that are listed under this heading',
			},
			timeFilter('Created After', 'createdAfter', 'Only templates that were made after this time'),
			timeFilter('Created Before', 'createdBefore', 'Only templates that were made before this time'),
			{
				displayName: 'Created By',
				name: 'createdBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. ana',
				description: 'Only templates that this user of the account made',
			},
			folderOption,
			{
				displayName: 'Made With',
				name: 'contentType',
				type: 'options',
				options: [
					{ name: 'Classic Builder', value: 'template' },
					{ name: 'New Builder', value: 'multichannel' },
					{ name: 'Own HTML', value: 'html' },
				],
				default: 'html',
				description: 'Only your own templates, and of those the ones that were made like this',
			},
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'Creation', value: 'date_created' },
					{ name: 'Last Change', value: 'date_edited' },
					{ name: 'Name', value: 'name' },
				],
				default: 'name',
				description: 'What decides about the order of your own templates',
			},
			{
				displayName: 'Sort Order',
				name: 'sortOrder',
				type: 'options',
				options: [
					{ name: 'Ascending', value: 'ASC', description: 'From A to Z, the oldest first' },
					{ name: 'Descending', value: 'DESC', description: 'From Z to A, the newest first' },
				],
				default: 'ASC',
				description: 'What comes first; it goes with Sort By',
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Base', value: 'base', description: 'Mailchimp’s plain layouts' },
					{ name: 'Gallery', value: 'gallery', description: 'Mailchimp’s designs' },
					{ name: 'User', value: 'user', description: 'Your own' },
				],
				default: 'user',
				description: 'Only templates of this kind',
			},
		]),
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: item.limit(),
			query: {
				...(filters.has('category') ? { category: filters.text('category') } : {}),
				...(filters.has('createdBy') ? { created_by: filters.text('createdBy') } : {}),
				...queryOf(filters, {
					folder: 'folder_id',
					contentType: 'content_type',
					sortBy: 'sort_field',
					sortOrder: 'sort_dir',
					type: 'type',
				}),
				...timesOf(filters, { createdAfter: 'since_date_created', createdBefore: 'before_date_created' }),
			},
		};
	},
	call: ({ limit, query }, client) =>
		client.pages('/templates', listOf('templates'), { ...query, ...noLinks('templates') }, limit),
});

/** https://mailchimp.com/developer/marketing/api/templates/get-template-info/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a template',
	description: 'Get a template with its name, kind and folder; its HTML is not part of it',
	fields: [templateLocator],
	read: templateId,
	call: async (id, client) => await client.get(path`/templates/${id}`, noLinks()),
});

/** https://mailchimp.com/developer/marketing/api/template-default-content/view-default-content/ */
export const getSections = perItem({
	name: 'Get Sections',
	value: 'getSections',
	action: 'Get the sections of a template',
	description: 'Get the parts of a template that a campaign can fill in, with what is in them',
	fields: [templateLocator],
	read: templateId,
	call: async (id, client) => ({
		id,
		...(await client.get<IDataObject>(path`/templates/${id}/default-content`, noLinks())),
	}),
});

/** https://mailchimp.com/developer/marketing/api/templates/add-template/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a template',
	description: 'Make a template of your own HTML',
	fields: [
		{ ...nameField, required: true },
		{ ...htmlField, required: true },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What is seldom needed',
			options: [folderOption],
		},
	],
	read(item) {
		const folder = item.collection('options').text('folder');
		return {
			name: item.requiredText('name'),
			html: item.requiredText('html'),
			...(folder === '' ? {} : { folder_id: folder }),
		};
	},
	call: async (body, client) =>
		withoutLinks(
			await make(client, {
				key: `template ${body.name}`,
				path: '/templates',
				body,
				answer: ['id', 'name'],
				// Mailchimp allows several templates of one name.
				list: async () => (await listTemplates(client)).filter(({ name }) => name === body.name),
				manualCheck: `Look in Mailchimp whether the template “${body.name}” is there.`,
			}),
		),
});

/** https://mailchimp.com/developer/marketing/api/templates/update-template/ */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a template',
	description: 'Give a template another name, other HTML or another folder; campaigns keep what they have',
	fields: [templateLocator, updateFieldsOf([folderOption, htmlField, nameField])],
	read(item) {
		const fields = item.collection('updateFields');
		const [folder, html, name] = [fields.text('folder'), fields.text('html'), fields.text('name')];
		const body = {
			...(folder === '' ? {} : { folder_id: folder }),
			...(html === '' ? {} : { html }),
			...(name === '' ? {} : { name }),
		};
		if (Object.keys(body).length === 0) throw noChanges(item);
		return { id: templateId(item), body };
	},
	call: async ({ id, body }, client) => await change(client, path`/templates/${id}`, body, ['id', 'name']),
});

/** https://mailchimp.com/developer/marketing/api/templates/delete-template/ */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a template',
	description: 'Delete a template; campaigns that were made with it stay as they are',
	fields: [templateLocator],
	asTool: false,
	read: templateId,
	async call(id, client) {
		await client.delete<IDataObject>(path`/templates/${id}`, {
			// Mailchimp does not take it away, but marks it as inactive (the field `active` of its description).
			async reconcile() {
				try {
					const { active } = await client.get<{ active?: boolean }>(path`/templates/${id}`, noLinks());
					return active === false ? {} : undefined;
				} catch (error) {
					if (client.isGone(error)) return {};
					throw error;
				}
			},
		});
		return { deleted: true, id };
	},
});
