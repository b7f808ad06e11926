import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { removeRecord } from '../connection';
import { anyTemplateLocator } from './fields';

/** https://postmarkapp.com/developer/api/templates-api#delete-template */
export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a template',
	description: 'Remove a template for good; workflows that send with it will be refused',
	fields: [anyTemplateLocator],
	read: (item) => item.resourceId('template'),
	async call(template, client) {
		await removeRecord(client, path`/templates/${template}`);
		return { deleted: true };
	},
});
