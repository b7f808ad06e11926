import { perItem } from '../../../core/node/operation';
import { anyTemplateLocator } from './fields';
import { getTemplate } from './model';

/** https://postmarkapp.com/developer/api/templates-api#get-template */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a template',
	description: 'Get one template with its subject and words',
	fields: [anyTemplateLocator],
	read: (item) => item.resourceId('template'),
	call: async (template, client) => ({ ...(await getTemplate(client, template)) }),
});
