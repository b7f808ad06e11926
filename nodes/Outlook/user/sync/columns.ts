import type { ResourceMapperFields } from 'n8n-workflow';
import { columnsOf, type SyncColumn } from '../../../../core/syncOperation';

/** What a row can say of a user (https://learn.microsoft.com/graph/api/resources/user). */
export const COLUMNS: SyncColumn[] = [
	{ id: 'employeeId', label: 'Employee ID', aliases: ['Employee Number', 'Employee No'], kind: 'number' },
	{
		id: 'userPrincipalName',
		label: 'User Principal Name',
		note: 'the Main Address',
		aliases: ['Email Address', 'Email', 'Address', 'Mail', 'UPN'],
		kind: 'address',
		required: true,
	},
	{ id: 'displayName', label: 'Display Name', aliases: ['Name'], required: true, role: 'name' },
	{ id: 'givenName', label: 'First Name' },
	{ id: 'surname', label: 'Last Name' },
	{ id: 'department', label: 'Department', role: 'place' },
	{
		id: 'managerEmail',
		label: 'Manager',
		note: 'Address or Number',
		aliases: ['Manager Address'],
		kind: 'address',
	},
	{ id: 'jobTitle', label: 'Job Title' },
	{ id: 'officeLocation', label: 'Office Location', aliases: ['Location'] },
	{ id: 'mobilePhone', label: 'Mobile Phone', aliases: ['Mobile', 'Phone'], kind: 'phone' },
	{ id: 'businessPhone', label: 'Business Phone', aliases: ['Work Phone'], kind: 'phone', rare: true },
	{ id: 'usageLocation', label: 'Usage Location', note: 'Country, Like DE', keeps: true, rare: true },
	{
		id: 'initialPassword',
		label: 'Initial Password',
		kind: 'secret',
		createOnly: true,
		keeps: true,
		rare: true,
	},
];

/** The fields of the editor's mapping. */
export async function getSyncColumns(): Promise<ResourceMapperFields> {
	return columnsOf(COLUMNS);
}
