import type { Client } from '../../../../core/http/client';
import { inLowerCase, ungrouped } from '../../../../core/sync';
import { isOn, syncOperation, type SyncRun, type SyncSession } from '../../../../core/syncOperation';
import { checkRow } from './checks';
import { COLUMNS } from './columns';
import { readUsers } from './directory';
import { optionFields, scopeFields } from './fields';
import { UsersTarget } from './target';

export const sync = syncOperation({
	action: 'Sync users',
	description: 'Bring the users of the organization in step with a list of people, such as an HR export',
	title: 'Microsoft 365 user sync',
	vocabulary: {
		target: 'Microsoft 365',
		record: 'user',
		records: 'users',
		disable: 'disable',
		disabled: 'disabled',
		enable: 'enable',
		enabled: 'enabled',
	},
	columns: COLUMNS,
	columnsMethod: 'getSyncColumns',
	matchBy: [
		{ name: 'Employee ID, Then Address', ids: ['employeeId', 'userPrincipalName'] },
		{ name: 'Employee ID Only', ids: ['employeeId'] },
		{ name: 'Address Only', ids: ['userPrincipalName'] },
	],
	matchByDescription:
		'How a row finds its user. The employee ID survives a marriage; the address also finds users that were made by hand, and then takes over the ID.',
	leavers: {
		default: 'disable',
		choices: [
			{
				name: 'Delete at Once',
				value: 'delete',
				description: 'With the mailbox; an administrator can bring a user back for 30 days',
				does: 'delete',
			},
			{
				name: 'Disable',
				value: 'disable',
				description: 'Nobody can sign in; mail and licenses stay',
				does: 'disable',
			},
			{ name: 'Do Nothing', value: 'nothing', description: 'Their users stay as they are', does: 'nothing' },
		],
	},
	resetPassword:
		'Set a new one in the Microsoft Entra admin center and hand it over; nobody can sign in until then.',
	protected: {
		default: 'admin@*, administrator@*',
		placeholder: 'e.g. breakglass@*, *-admin@example.com',
	},
	fields: { scope: scopeFields, options: optionFields },
	open,
});

async function open({ settings, scope, options, client, mapped }: SyncRun<Client>): Promise<SyncSession> {
	const domain = scope.text('domain').toLowerCase().replace(/^@/, '');
	const target = new UsersTarget(client, isOn(options, 'forceChange'));
	return {
		rules: {
			normalise: {
				userPrincipalName: inLowerCase,
				managerEmail: inLowerCase,
				mobilePhone: ungrouped,
				businessPhone: ungrouped,
				usageLocation: (value) => String(value).toUpperCase(),
			},
			immutable: {
				userPrincipalName:
					'Everybody signs in with this address, so the sync does not change it: rename the user in the Microsoft Entra admin center.',
			},
			reference: { field: 'managerEmail', to: 'userPrincipalName', by: 'employeeId' },
			identity: ['employeeId', 'userPrincipalName', 'displayName'],
			outside: ({ userPrincipalName }) =>
				domain === '' || inLowerCase(userPrincipalName).endsWith(`@${domain}`)
					? undefined
					: `its address is not in ${domain}`,
		},
		async read(take) {
			const looksAfter = { key: settings.match[0], ...(domain === '' ? {} : { domain }) };
			const { records, complete } = await readUsers(client, mapped, looksAfter);
			target.knows(records);
			await take(records);
			return { complete };
		},
		check: checkRow,
		target,
	};
}
