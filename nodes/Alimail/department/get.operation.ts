import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { select } from '../assumed';
import { departmentLocator } from './fields';
import { DEPARTMENT_FIELDS, departmentId } from './tree';

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a department',
	description: 'Retrieve one department',
	fields: [departmentLocator],
	read: (item) => item.resourceLocator('department'),
	async call(department, client) {
		const id = await departmentId(client, department, 'Department');
		return await client.get(path`/v2/departments/${id}`, select(client, DEPARTMENT_FIELDS));
	},
});
