import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { differences } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { shared } from '../../../core/shared';
import { select, written } from '../assumed';
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
		if (parent === undefined && Object.keys(changes).length === 0) throw noChanges(item);
		return { department: item.resourceLocator('department'), parent, changes };
	},
	async call({ department, parent, changes }, client) {
		const id = await departmentId(client, department, 'Department');
		const move = parent === undefined ? {} : { parentId: await departmentId(client, parent, 'New Parent') };
		if (move.parentId !== undefined) await refuseCycle(client, id, move.parentId);
		const asked: Asked = { ...changes, ...move };
		// Two that change one department at once would each write back what the other has changed.
		await shared().lock.hold(
			`department ${client.account} ${id}`,
			async () => await write(client, id, asked),
		);
		return { id, ...asked };
	},
});

type Asked = IDataObject & { parentId?: string };

/** All that a department can be told. */
const WRITABLE = 'name parentId hiddenExcludeUsers hiddenExcludeDepartments isHidden managers email'.split(
	' ',
);

/**
 * Whether a PATCH with a part of the fields leaves the others alone is not documented: as in the public client
 * (github.com/eryajf/go-alimail, alimail/department.go), all that Alimail shows of the department goes along.
 */
async function write(client: Client, id: string, asked: Asked): Promise<void> {
	const at = path`/v2/departments/${id}`;
	const before = await client.get(at, select(client, ['id', ...WRITABLE]));
	const known = Object.entries(before).filter(([name, value]) => WRITABLE.includes(name) && value !== null);
	await client.send({
		method: 'PATCH',
		path: at,
		answer: 'nothing',
		body: written(client, { ...Object.fromEntries(known), ...asked }),
		// The answer is empty, as a proxy's may be; what Alimail does not show of a department is believed.
		async reconcile() {
			const now = await client.get(at, select(client, DEPARTMENT_FIELDS));
			const { parentId, ...others } = asked;
			// The top has an id of its own beside the name that was asked with.
			const shown = parentId === ROOT ? others : asked;
			return differences(shown, now).length === 0 ? {} : undefined;
		},
		idempotent: true,
	});
}
