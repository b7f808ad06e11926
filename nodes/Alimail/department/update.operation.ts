import { path } from '../../../core/http/path';
import { differences } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import { departmentLocator, departmentOptions } from './fields';
import { readDepartment } from './read';
import { DEPARTMENT_FIELDS, departmentId, refuseCycle, ROOT } from './tree';

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a department',
	description: 'Rename a department, move it, or change its settings',
	fields: [
		departmentLocator,
		departmentOptions('Update Fields', 'updateFields', [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Platform',
				description: 'The new name',
			},
			{
				...departmentLocator,
				displayName: 'New Parent',
				name: 'parent',
				required: false,
				description: 'The department to move it to, with everything in it',
			},
		]),
	],
	read(item) {
		const fields = item.collection('updateFields');
		const parent = fields.has('parent') ? fields.resourceLocator('parent') : undefined;
		const changes = {
			...(fields.value('name') === undefined ? {} : { name: fields.requiredText('name') }),
			...readDepartment(fields),
		};
		if (parent === undefined && Object.keys(changes).length === 0)
			throw item.fieldError('updateFields', 'names no field to change', 'Add at least one field.');
		return { department: item.resourceLocator('department'), parent, changes };
	},
	async call({ department, parent, changes }, client) {
		const id = await departmentId(client, department, 'Department');
		const move = parent === undefined ? {} : { parentId: await departmentId(client, parent, 'New Parent') };
		if (move.parentId !== undefined) await refuseCycle(client, id, move.parentId);
		const body: { parentId?: string } = { ...changes, ...move };
		await client.send({
			method: 'PATCH',
			path: path`/v2/departments/${id}`,
			answer: 'nothing',
			body,
			// The answer is empty, as a proxy's may be; what Alimail does not show of a department is believed.
			async reconcile() {
				const now = await client.get(path`/v2/departments/${id}`, { $select: DEPARTMENT_FIELDS });
				const { parentId, ...others } = body;
				// The top has an id of its own beside the name that was asked with.
				const shown = parentId === ROOT ? others : body;
				return differences(shown, now).length === 0 ? {} : undefined;
			},
			idempotent: true,
		});
		return { id, ...body };
	},
});
