import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { byDisplayName } from '../../../core/node/properties';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import {
	aliasField,
	anyTemplateLocator,
	htmlField,
	layoutField,
	nameField,
	subjectField,
	textField,
} from './fields';
import { checkAlias, readChanges } from './write';

/** https://postmarkapp.com/developer/api/templates-api#edit-template */
export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a template',
	description: 'Change the words, the name or the layout of a template; emails sent from then on use them',
	fields: [
		anyTemplateLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Only the fields added here are changed. A field that is added and left empty is cleared.',
			options: byDisplayName([aliasField, htmlField, layoutField, nameField, subjectField, textField]),
		},
	],
	read(item) {
		const fields = item.collection('updateFields');
		checkAlias(fields);
		if (fields.value('name') !== undefined) fields.requiredText('name');
		const changes = readChanges(fields);
		if (Object.keys(changes).length === 0) throw noChanges(item);
		return { template: item.resourceId('template'), changes };
	},
	call: async ({ template, changes }, client) =>
		await client.send<IDataObject>({
			method: 'PUT',
			path: path`/templates/${template}`,
			answer: ['TemplateId'],
			body: changes,
		}),
});
