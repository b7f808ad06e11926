import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { layoutField } from './fields';
import { templates } from './model';

/** https://postmarkapp.com/developer/api/templates-api#list-templates */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many templates',
	description: 'List the templates of the server, without their words',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Only what matches all of these',
			options: [
				{
					...layoutField,
					description:
						'Only emails with this layout around them. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Type',
					name: 'templateType',
					type: 'options',
					options: [
						{ name: 'All', value: 'All' },
						{ name: 'Layout', value: 'Layout' },
						{ name: 'Standard', value: 'Standard' },
					],
					default: 'All',
					description: 'Whether to list emails (standard), the layouts around them, or both',
				},
			],
		},
	],
	read(item) {
		const filters = item.collection('filters');
		const layout = filters.text('layout');
		return {
			limit: item.limit(),
			query: {
				TemplateType: filters.text('templateType') || 'All',
				...(layout === '' ? {} : { LayoutTemplate: layout }),
			},
		};
	},
	call: ({ limit, query }, client) => client.pages('/templates', templates, query, limit),
});
