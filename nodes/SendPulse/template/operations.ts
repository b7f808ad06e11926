import type { INodeProperties } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { ownTemplates, templateId, templateOf } from '../api/templates';
import { DONE, pages } from '../connection';
import { LANGUAGES } from '../languages';
import { inBase64 } from '../files';
import { templateLocator } from '../locators';

const htmlField: INodeProperties = {
	displayName: 'HTML Body',
	name: 'html',
	type: 'string',
	typeOptions: { rows: 6 },
	required: true,
	default: '',
	placeholder: 'e.g. <p>Hello {{name}}, …</p>',
	description: 'The words of the template as a page; they are encoded for SendPulse by themselves',
};

const languageField: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: LANGUAGES,
	default: 'en',
	description: 'The language of the links that SendPulse adds',
};

/** An expression in double braces is a variable of the template here, and stays as it is. */
function readWords(item: ParameterReader): { html: string; lang: string } {
	item.requiredText('html');
	return { html: String(item.value('html')), lang: item.option('language') };
}

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many templates',
	description: 'Get your templates, or those that SendPulse offers to everybody',
	fields: [
		{
			displayName: 'Owner',
			name: 'owner',
			type: 'options',
			options: [
				{ name: 'Me', value: 'me', description: 'The templates of the account' },
				{ name: 'SendPulse', value: 'sendpulse', description: 'Those that SendPulse offers' },
			],
			default: 'me',
			description: 'Whose templates to get',
		},
		...limitFields,
	],
	read: (item) => ({ owner: item.option('owner'), limit: item.limit() }),
	call: ({ owner, limit }, client) => client.pages('/templates', pages, { owner }, limit),
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a template',
	description: 'Get one template with its HTML',
	fields: [templateLocator],
	read: (item) => item.resourceId('template'),
	call: async (template, client) => await templateOf(template, client),
});

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a template',
	description: 'Create a template from HTML',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Welcome',
			description: 'What the template is called. No two templates of an account have the same name.',
		},
		htmlField,
		languageField,
	],
	read: (item) => ({ name: item.requiredText('name'), ...readWords(item) }),
	call: async ({ name, html, lang }, client) => ({
		name,
		...(await client.send({
			method: 'POST',
			path: '/template',
			body: { name, body: inBase64(html), lang },
			answer: ['real_id'],
			idempotent: false,
			async reconcile() {
				for await (const one of ownTemplates(client)) {
					if (one.name !== name) continue;
					const found = await templateOf(templateId(one), client);
					const made = { service: 'SendPulse', what: `the template ${name}`, field: 'Name' };
					return ownOrTheirs({ real_id: templateId(one), ...found }, { html }, made);
				}
				return undefined;
			},
			manualCheck: `Look in SendPulse whether there is a template “${name}” now.`,
		})),
	}),
});

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a template',
	description: 'Give a template other words',
	fields: [templateLocator, htmlField, languageField],
	read: (item) => ({ template: item.resourceId('template'), ...readWords(item) }),
	call: async ({ template, html, lang }, client) => ({
		...(await client.send({
			method: 'POST',
			path: path`/template/edit/${template}`,
			body: { body: inBase64(html), lang },
			answer: DONE,
			// The same words twice are the same template.
			idempotent: true,
		})),
		id: template,
	}),
});
