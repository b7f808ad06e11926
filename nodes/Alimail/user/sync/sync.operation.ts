import { inLowerCase, ungrouped } from '../../../../core/sync';
import { isOn, syncOperation, type SyncRun, type SyncSession } from '../../../../core/syncOperation';
import type { Client } from '../../../../core/http/client';
import { samePath } from '../../department/path';
import { departmentTree } from '../../department/tree';
import { checkRow, readDomains } from './checks';
import { COLUMNS } from './columns';
import { departmentResolver } from './departments';
import { readUsers, toCurrent } from './directory';
import { departmentAs, optionFields, scopeFields } from './fields';
import { outsideOf, readScope } from './scope';
import { AlimailTarget } from './target';

export const sync = syncOperation({
	action: 'Sync users',
	description: 'Bring all accounts in step with a list of people, such as an HR export',
	title: 'Alimail user sync',
	vocabulary: {
		target: 'Alimail',
		record: 'account',
		records: 'accounts',
		disable: 'freeze',
		disabled: 'frozen',
		enable: 'unfreeze',
		enabled: 'unfrozen',
	},
	columns: COLUMNS,
	columnsMethod: 'getSyncColumns',
	matchBy: [
		{ name: 'Employee Number, Then Address', ids: ['employeeNo', 'email'] },
		{ name: 'Employee Number Only', ids: ['employeeNo'] },
		{ name: 'Address Only', ids: ['email'] },
	],
	matchByDescription:
		'How a row finds its account. The employee number survives a marriage; the address also finds accounts that were made by hand, and then takes over the number.',
	leavers: {
		default: 'disable',
		choices: [
			{
				name: 'Delete at Once',
				value: 'delete',
				description: 'Their mail cannot be recovered after 30 days',
				does: 'delete',
			},
			{
				name: 'Do Nothing',
				value: 'nothing',
				description: 'Their accounts stay open',
				does: 'nothing',
			},
			{
				name: 'Freeze',
				value: 'disable',
				description: 'Nobody can sign in; the mail stays and the seat is kept',
				does: 'disable',
			},
			{
				name: 'Freeze, Delete Later',
				value: 'disableThenDelete',
				description: 'Freeze now, and delete after a number of days',
				does: 'disableThenDelete',
			},
		],
		deleteAfter: 'How long an account stays frozen before it is deleted with its mail',
	},
	resetPassword:
		'Set a new one with User → Reset Password (of the Alimail node or the admin console) and hand it over; nobody can sign in until then.',
	protected: {
		default: 'postmaster@*, admin@*, administrator@*',
		placeholder: 'e.g. postmaster@*, *-admin@example.com',
	},
	fields: { columns: [departmentAs], scope: scopeFields, options: optionFields },
	open,
});

async function open({
	settings,
	form,
	scope,
	options,
	client,
	feedback,
	mapped,
}: SyncRun<Client>): Promise<SyncSession> {
	const as = form.option('departmentAs');
	const forceChange = isOn(options, 'forceChange');
	const mayCreate = isOn(options, 'createDepartments');
	const limits = await readScope(scope, options, client);
	const [tree, domains, { users, complete }] = await Promise.all([
		departmentTree(client),
		readDomains(client, feedback),
		readUsers(client, mapped),
	]);
	const departments = departmentResolver(tree, as, mayCreate);
	return {
		rules: {
			normalise: { email: inLowerCase, managerEmail: inLowerCase, phone: ungrouped, workPhone: ungrouped },
			// An account may be in several departments: being in the wanted one is enough.
			equals: {
				department: (from, to) => [from ?? []].flat().some((path) => samePath(String(path), String(to))),
			},
			immutable: {
				email:
					'Alimail’s API has no known way to rename an account: rename it in the admin console, or add the new address as an alias.',
			},
			identity: ['employeeNo', 'email', 'name'],
			reference: { field: 'managerEmail', to: 'email', by: 'employeeNo' },
			outside: outsideOf(limits, tree),
		},
		prepare(rows) {
			for (const { fields } of rows)
				if (typeof fields.department === 'string') fields.department = departments.shown(fields.department);
		},
		async read(take) {
			await take(await toCurrent(users, tree, { ...limits, key: settings.match[0] }));
			return { complete };
		},
		check: (fields) => checkRow(fields, { domains, departmentFault: departments.fault }),
		target: new AlimailTarget(client, {
			employeeType: limits.employeeType === 'all' ? 'EMPLOYEE' : limits.employeeType,
			forceChange,
			...(limits.defaultDepartmentId === undefined
				? {}
				: { defaultDepartmentId: limits.defaultDepartmentId }),
			departmentId: departments.id,
		}),
		facts: () => ({ departmentsCreated: tree.made }),
	};
}
