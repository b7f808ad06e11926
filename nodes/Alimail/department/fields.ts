import type { INodeProperties } from 'n8n-workflow';

export const departmentLocator: INodeProperties = {
	displayName: 'Department',
	name: 'department',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The department to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchDepartments', searchable: true },
		},
		{ displayName: 'By Path', name: 'path', type: 'string', placeholder: 'e.g. R&D/Platform/Core' },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. $root' },
	],
};

/** What can be said of a department beside its name and place. */
export const departmentOptions = (
	displayName: string,
	name: string,
	first: INodeProperties[] = [],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description:
		name === 'updateFields'
			? 'Only the fields added here are changed'
			: 'What may be added and can be left out',
	options: [
		{
			displayName: 'Hidden in Address Book',
			name: 'isHidden',
			type: 'boolean',
			default: false,
			description: 'Whether other departments do not see it in the address book',
		},
		{
			displayName: 'Mail Group Address',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. platform@example.com',
			description: 'An address that reaches everyone in the department',
		},
		{
			displayName: 'Manager IDs',
			name: 'managers',
			type: 'string',
			default: '',
			description: 'User IDs of the people who manage it, with commas or spaces between them',
		},
		...first,
	],
});
