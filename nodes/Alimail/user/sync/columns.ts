import type { ResourceMapperFields } from 'n8n-workflow';
import { columnsOf, type SyncColumn } from '../../../../core/syncOperation';

/** What a row can say about a person. Nobody can be in no department, and a switch is on or off: both keep what they are. */
export const COLUMNS: SyncColumn[] = [
	{ id: 'employeeNo', label: 'Employee Number', kind: 'number' },
	{ id: 'email', label: 'Email Address', aliases: ['Address', 'Mail'], kind: 'address', required: true },
	{ id: 'name', label: 'Name', required: true, role: 'name' },
	{
		id: 'department',
		label: 'Department',
		note: 'Like R&D/Web',
		kind: 'path',
		keeps: true,
		role: 'place',
	},
	{ id: 'jobTitle', label: 'Job Title' },
	{
		id: 'managerEmail',
		label: 'Manager',
		note: 'Address or Number',
		aliases: ['Manager Address'],
		kind: 'address',
	},
	{ id: 'phone', label: 'Mobile Phone', aliases: ['Mobile', 'Phone Number'], kind: 'phone' },
	{ id: 'workPhone', label: 'Work Phone', kind: 'phone', rare: true },
	{ id: 'workLocation', label: 'Work Location', aliases: ['Location'], rare: true },
	{ id: 'officeLocation', label: 'Office Location', rare: true },
	{ id: 'homeLocation', label: 'Home Location', rare: true },
	{ id: 'nickname', label: 'Nickname', rare: true },
	{ id: 'customName', label: 'Custom Name', rare: true },
	{ id: 'info', label: 'Remark', rare: true },
	{ id: 'isHidden', label: 'Hidden in Address Book', kind: 'switch', keeps: true, rare: true },
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
