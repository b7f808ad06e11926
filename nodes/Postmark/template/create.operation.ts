import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import { aliasField, htmlField, layoutField, nameField, subjectField, textField, typeField } from './fields';
import { checkAlias, readTemplate } from './write';

const FOR_EMAILS = { show: { templateType: ['Standard'] } };

/** https://postmarkapp.com/developer/api/templates-api#create-template */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a template',
	description: 'Add an email with placeholders to the server, or a layout around such emails',
	fields: [
		{ ...nameField, required: true },
		typeField,
		{ ...subjectField, required: true, displayOptions: FOR_EMAILS },
		htmlField,
		textField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What may be added and can be left out',
			options: [aliasField, { ...layoutField, displayOptions: { show: { '/templateType': ['Standard'] } } }],
		},
	],
	read(item) {
		const more = item.collection('additionalFields');
		const type = item.text('templateType') || 'Standard';
		checkAlias(more);
		item.requiredText('name');
		if (type === 'Standard') item.requiredText('subject');
		if (!item.has('html') && !item.has('text'))
			throw item.fieldError(
				'html',
				`and '${item.label('text')}' are both empty`,
				'Fill in one of them, or both.',
			);
		return {
			TemplateType: type,
			...readTemplate(item, ['name', 'html', 'text']),
			// A layout is a frame: it has no subject, and no frame of its own.
			...(type === 'Standard' && { ...readTemplate(item, ['subject']), ...readTemplate(more, ['layout']) }),
			...readTemplate(more, ['alias']),
		};
	},
	call: async (template, client) =>
		await client.send<IDataObject>({
			method: 'POST',
			path: '/templates',
			answer: ['TemplateId'],
			body: template,
			idempotent: false,
			manualCheck: 'Look at the Templates page of the Postmark server whether it is there.',
		}),
});
