import type { ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

interface Column {
	id: string;
	label: string;
	required?: boolean;
	type?: 'boolean';
	/** Used when an account is created and never again. */
	createOnly?: boolean;
	/** An empty cell never clears it: nobody can be in no department, and a switch is on or off. */
	keeps?: boolean;
}

/** What a row can say about a person: the field of the sync, and its name in the editor and in messages. */
export const COLUMNS: Column[] = [
	{ id: 'employeeNo', label: 'Employee Number' },
	{ id: 'email', label: 'Address', required: true },
	{ id: 'name', label: 'Name', required: true },
	{ id: 'department', label: 'Department', keeps: true },
	{ id: 'jobTitle', label: 'Job Title' },
	{ id: 'managerEmail', label: 'Manager' },
	{ id: 'phone', label: 'Mobile Phone' },
	{ id: 'workPhone', label: 'Work Phone' },
	{ id: 'workLocation', label: 'Work Location' },
	{ id: 'officeLocation', label: 'Office Location' },
	{ id: 'homeLocation', label: 'Home Location' },
	{ id: 'nickname', label: 'Nickname' },
	{ id: 'customName', label: 'Custom Name' },
	{ id: 'info', label: 'Remark' },
	{ id: 'isHidden', label: 'Hidden in Address Book', type: 'boolean', keeps: true },
	{ id: 'initialPassword', label: 'Initial Password', createOnly: true, keeps: true },
];

export const LABELS: Record<string, string> = Object.fromEntries(COLUMNS.map(({ id, label }) => [id, label]));

/** The fields of the editor's mapping. */
export async function getSyncColumns(): Promise<ResourceMapperFields> {
	return {
		fields: COLUMNS.map(({ id, label, required, type }): ResourceMapperField => ({
			id,
			displayName: label,
			required: required ?? false,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			type: type ?? 'string',
			removed: !['employeeNo', 'email', 'name', 'department', 'jobTitle', 'managerEmail', 'phone'].includes(
				id,
			),
		})),
	};
}
