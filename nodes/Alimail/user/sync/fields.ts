import type { INodeProperties } from 'n8n-workflow';
import { departmentLocator } from '../../department/fields';

/** How the department column names a department. */
export const departmentAs: INodeProperties = {
	displayName: 'Department Column Holds',
	name: 'departmentAs',
	type: 'options',
	options: [
		{ name: 'Path, Like R&D/Platform/Core', value: 'path' },
		{ name: 'Alimail ID', value: 'id' },
	],
	default: 'path',
	description:
		'How the department column names a department. Without such a column, departments are left alone.',
};

/** The limits under "Scope". */
export const scopeFields: INodeProperties[] = [
	{
		...departmentLocator,
		required: false,
		description: 'Only accounts in this department and those below it',
	},
	{
		displayName: 'Domain',
		name: 'domain',
		type: 'string',
		default: '',
		placeholder: 'e.g. example.com',
		description: 'Only accounts whose address is in this domain',
	},
	{
		displayName: 'Type of Account',
		name: 'employeeType',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'People', value: 'EMPLOYEE' },
			{ name: 'Shared or Service Accounts', value: 'SERVICE' },
		],
		default: 'EMPLOYEE',
		description: 'Only accounts of this type; people when this is not added',
	},
];

/** Alimail's own entries under "Options". */
export const optionFields: INodeProperties[] = [
	{
		displayName: 'Change Password at First Sign-In',
		name: 'forceChange',
		type: 'boolean',
		default: true,
		description: 'Whether new colleagues must choose a new password when signing in for the first time',
	},
	{
		displayName: 'Create Missing Departments',
		name: 'createDepartments',
		type: 'boolean',
		default: true,
		description: 'Whether departments of a path that do not exist yet are created, parents first',
	},
	{
		...departmentLocator,
		displayName: 'Department for New Users',
		name: 'defaultDepartment',
		required: false,
		description: 'Where new accounts go whose row names no department',
	},
];
