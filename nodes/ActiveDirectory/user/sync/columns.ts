import type { ResourceMapperFields } from 'n8n-workflow';
import { columnsOf, type SyncColumn } from '../../../../core/syncOperation';

/** What a row can say about a person. Where somebody stands is never cleared: everybody stands somewhere. */
export const COLUMNS: SyncColumn[] = [
	{ id: 'employeeNo', label: 'Employee Number', kind: 'number' },
	{ id: 'email', label: 'Email Address', aliases: ['Address', 'Mail'], kind: 'address', required: true },
	{ id: 'name', label: 'Name', aliases: ['Full Name', 'Display Name'], required: true, role: 'name' },
	{ id: 'login', label: 'Login', aliases: ['Account', 'sAMAccountName'], keeps: true },
	{ id: 'firstName', label: 'First Name', aliases: ['Given Name'] },
	{ id: 'lastName', label: 'Last Name', aliases: ['Surname'] },
	{ id: 'department', label: 'Department' },
	{ id: 'jobTitle', label: 'Job Title' },
	{
		id: 'managerEmail',
		label: 'Manager',
		note: 'Address or Number',
		aliases: ['Manager Address'],
		kind: 'address',
	},
	{ id: 'phone', label: 'Work Phone', aliases: ['Phone Number'] },
	{ id: 'mobile', label: 'Mobile Phone', aliases: ['Mobile'] },
	{ id: 'company', label: 'Company', rare: true },
	{ id: 'office', label: 'Office', rare: true },
	{
		id: 'unit',
		label: 'Organizational Unit',
		note: 'DN; Else by Department',
		keeps: true,
		rare: true,
		role: 'place',
	},
	{ id: 'groups', label: 'Groups', note: 'Names; Else by Department', keeps: true, rare: true },
	{
		id: 'initialPassword',
		label: 'Initial Password',
		kind: 'secret',
		createOnly: true,
		keeps: true,
		rare: true,
	},
];

/** The attributes that columns stand for; what is not here needs more than writing a value. */
export const ATTRIBUTES: Record<string, string> = {
	email: 'mail',
	name: 'displayName',
	firstName: 'givenName',
	lastName: 'sn',
	department: 'department',
	jobTitle: 'title',
	phone: 'telephoneNumber',
	mobile: 'mobile',
	company: 'company',
	office: 'physicalDeliveryOfficeName',
};

/** The fields of the editor's mapping. */
export async function getSyncColumns(): Promise<ResourceMapperFields> {
	return columnsOf(COLUMNS);
}
