import type { ResourceMapperFields } from 'n8n-workflow';
import { columnsOf, type SyncColumn } from '../../../../core/syncOperation';

/** What a row can say about a person. Nobody can be in no department, and a switch is on or off: both keep what they are. */
export const COLUMNS: SyncColumn[] = [
	{ id: 'employeeNo', label: 'Employee Number' },
	{ id: 'email', label: 'Address', required: true },
	{ id: 'name', label: 'Name', required: true },
	{ id: 'department', label: 'Department', keeps: true },
	{ id: 'jobTitle', label: 'Job Title' },
	{ id: 'managerEmail', label: 'Manager' },
	{ id: 'phone', label: 'Mobile Phone' },
	{ id: 'workPhone', label: 'Work Phone', rare: true },
	{ id: 'workLocation', label: 'Work Location', rare: true },
	{ id: 'officeLocation', label: 'Office Location', rare: true },
	{ id: 'homeLocation', label: 'Home Location', rare: true },
	{ id: 'nickname', label: 'Nickname', rare: true },
	{ id: 'customName', label: 'Custom Name', rare: true },
	{ id: 'info', label: 'Remark', rare: true },
	{ id: 'isHidden', label: 'Hidden in Address Book', type: 'boolean', keeps: true, rare: true },
	{ id: 'initialPassword', label: 'Initial Password', createOnly: true, keeps: true, rare: true },
];

/** The fields of the editor's mapping. */
export async function getSyncColumns(): Promise<ResourceMapperFields> {
	return columnsOf(COLUMNS);
}
