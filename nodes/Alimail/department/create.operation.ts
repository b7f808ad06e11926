import { perItem } from '../../../core/node/operation';
import { departmentLocator, departmentOptions } from './fields';
import { readDepartment } from './read';
import { createDepartment, departmentId } from './tree';

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a department',
	description: 'Create a department below another one',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Platform',
			description: 'The name of the new department',
		},
		{
			...departmentLocator,
			displayName: 'Parent',
			name: 'parent',
			default: { mode: 'id', value: '$root' },
			description: 'The department it belongs to; $root is the top of the organization',
		},
		departmentOptions('Additional Fields', 'additionalFields'),
	],
	read: (item) => ({
		name: item.requiredText('name'),
		parent: item.resourceLocator('parent'),
		more: readDepartment(item.collection('additionalFields')),
	}),
	async call({ name, parent, more }, client) {
		const parentId = await departmentId(client, parent, 'Parent');
		return { ...(await createDepartment(client, { name, parentId, ...more })) };
	},
});
