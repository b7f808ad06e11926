import { byDisplayName } from '../../../core/node/properties';
import { perItem } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { departmentLocator } from '../department/fields';
import { memberDepartmentId } from '../department/tree';
import { profileFields, userLocator } from './fields';
import { patchUser, readProfile } from './write';

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a user',
	description: 'Change fields of an account, or move the person to another department',
	fields: [
		userLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'Only the fields added here are changed. A field that is added and left empty is cleared.',
			options: byDisplayName([
				{ ...departmentLocator, required: false, description: 'The department to move the person to' },
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ana Bauer',
					description: 'The person’s real name',
				},
				...profileFields,
			]),
		},
	],
	read(item) {
		const fields = item.collection('updateFields');
		const department = fields.has('department') ? fields.resourceLocator('department') : undefined;
		const changes = {
			...(fields.value('name') === undefined ? {} : { name: fields.requiredText('name') }),
			...readProfile(fields),
		};
		if (department === undefined && Object.keys(changes).length === 0) throw noChanges(item);
		return { user: item.resourceId('user'), department, changes };
	},
	async call({ user, department, changes }, client) {
		const move =
			department === undefined
				? {}
				: { departmentIds: [await memberDepartmentId(client, department, 'Department')] };
		return { ...(await patchUser(client, user, { ...changes, ...move })) };
	},
});
