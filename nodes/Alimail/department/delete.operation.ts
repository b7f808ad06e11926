import { invalidInput, ServiceError } from '../../../core/errors';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { departmentLocator } from './fields';
import { departmentId, ROOT } from './tree';

export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a department',
	description: 'Delete a department that has neither members nor departments below it',
	fields: [departmentLocator],
	read: (item) => item.resourceLocator('department'),
	async call(department, client) {
		const id = await departmentId(client, department, 'Department');
		if (id === ROOT)
			throw invalidInput(
				'Department',
				"'Department' is the top of the organization, which cannot be deleted",
				'Choose another.',
			);
		// What Alimail does with the content of a deleted department is not documented: only empty ones are deleted.
		const [users, departments] = await Promise.all(
			['users', 'departments'].map(async (kind) => {
				const page = await client.get(path`/v2/departments/${id}/${kind}`, { offset: 0, limit: 1 });
				return Array.isArray(page[kind]) && page[kind].length > 0;
			}),
		);
		if (users || departments)
			throw new ServiceError({
				service: 'Alimail',
				message: `The department still has ${users && departments ? 'members and departments' : users ? 'members' : 'departments'} in it`,
				remedy: 'Move or delete them first; then delete the department.',
				field: 'Department',
				outcome: 'notSent',
			});
		await client.delete(path`/v2/departments/${id}`);
		return { deleted: true, id };
	},
});
