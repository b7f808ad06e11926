import { isAddress } from '../../../../core/mail/address';
import { splitDirectoryNames } from '../../../../core/list';
import { inLowerCase, ungrouped, type Desired, type Fields, type Finding } from '../../../../core/sync';
import { syncOperation, type SyncRun, type SyncSession } from '../../../../core/syncOperation';
import type { Directory } from '../../connection';
import { isDn, isWithin } from '../../dn';
import { needsEncryption } from '../../errors/encryption';
import { onlyActiveDirectory } from '../status.operations';
import { checkUnits, Groups, readChosen, type Chosen } from './chosen';
import { COLUMNS } from './columns';
import { departmentRules, optionFields, scopeFields } from './fields';
import { readAccounts } from './records';
import { DirectoryTarget } from './target';

const LONGEST_NAME = 64;

export const sync = syncOperation<Directory>({
	action: 'Sync users',
	description: 'Bring all accounts in step with a list of people, such as an HR export',
	title: 'Active Directory user sync',
	vocabulary: {
		target: 'Active Directory',
		record: 'account',
		records: 'accounts',
		disable: 'disable',
		disabled: 'disabled',
		enable: 'enable',
		enabled: 'enabled',
	},
	columns: COLUMNS,
	columnsMethod: 'getSyncColumns',
	matchBy: [
		{ name: 'Employee Number, Then Address', ids: ['employeeNo', 'email'] },
		{ name: 'Employee Number, Then Login', ids: ['employeeNo', 'login'] },
		{ name: 'Employee Number Only', ids: ['employeeNo'] },
	],
	matchByDescription:
		'How a row finds its account. The employee number survives a marriage; the address or login also finds accounts that were made by hand, and then takes over the number.',
	leavers: {
		default: 'disable',
		choices: [
			{
				name: 'Delete at Once',
				value: 'delete',
				description: 'With all rights and memberships: an account of the same name is another one',
				does: 'delete',
			},
			{
				name: 'Disable',
				value: 'disable',
				description: 'Nobody can sign in; the account stays where it is',
				does: 'disable',
			},
			{
				name: 'Disable and Move',
				value: 'disableAndMove',
				description: 'Disable, and move it to the unit for leavers that is said under Options',
				does: 'disable',
			},
			{
				name: 'Do Nothing',
				value: 'nothing',
				description: 'Their accounts stay as they are',
				does: 'nothing',
			},
		],
	},
	resetPassword:
		'Set a new one with User → Set Password of the Active Directory node and hand it over; nobody can sign in until then.',
	protected: {
		default: 'administrator@*, admin@*',
		placeholder: 'e.g. svc-*@*, *-admin@corp.example.com',
	},
	fields: { columns: [departmentRules], scope: scopeFields, options: optionFields },
	open,
});

async function open({
	settings,
	form,
	scope,
	options,
	client: directory,
}: SyncRun<Directory>): Promise<SyncSession> {
	needsEncryption(directory.settings, 'Accounts are not synced');
	await onlyActiveDirectory(directory, 'Syncing users');
	const chosen = await readChosen(form, scope, options, directory);
	const movesTo = settings.leaverChoice === 'disableAndMove' ? chosen.leaverUnit : '';
	if (settings.leaverChoice === 'disableAndMove' && movesTo === '')
		throw options.fieldError('leaverUnit', 'is empty', 'Say where leavers are moved, or choose Disable.');
	await checkUnits(directory, [
		['Base', chosen.base],
		['Unit for Leavers', chosen.leaverUnit],
		['Unit for New Users', chosen.newUnit],
		...chosen.departments.map(({ unit }): [string, string] => ['Organizational Unit', unit]),
	]);
	const groups = new Groups(directory);
	await groups.know(chosen.departments.flatMap((rule) => rule.groups ?? []));
	const known = { accounts: new Map(), byMail: new Map() };
	return {
		rules: {
			normalise: {
				email: inLowerCase,
				managerEmail: inLowerCase,
				login: inLowerCase,
				phone: ungrouped,
				mobile: ungrouped,
			},
			// Further down is as good: a department may have units of its own.
			equals: { unit: (from, to) => isWithin(String(from ?? ''), String(to)) },
			immutable: {
				login: 'Logins are not changed by a sync: people sign in with them. Use User → Update.',
			},
			identity: ['employeeNo', 'email', 'name'],
			reference: { field: 'managerEmail', to: 'email', by: 'employeeNo' },
			outside: outsideOf(chosen),
		},
		prepare: async (rows) => await placeRows(rows, chosen, groups),
		async read(take) {
			const found = await readAccounts(directory, chosen, groups, settings.match[0]);
			Object.assign(known, { accounts: found.accounts, byMail: found.byMail });
			await take(found.records);
			return { complete: true };
		},
		check,
		target: new DirectoryTarget(directory, chosen, groups, known, movesTo),
	};
}

/** Where each person stands and which groups they are in, by the row itself or else by the department. */
async function placeRows(rows: Desired[], chosen: Chosen, groups: Groups): Promise<void> {
	await groups.know(new Set(rows.flatMap(({ fields }) => splitDirectoryNames(String(fields.groups ?? '')))));
	const hasRules = chosen.departments.some((rule) => rule.groups !== undefined);
	for (const { fields } of rows) {
		const department = String(fields.department ?? '').toLowerCase();
		const rule = chosen.departments.find(({ fits }) => fits(department));
		if (!fields.unit && rule !== undefined && rule.unit !== '') fields.unit = rule.unit;
		if (fields.groups) fields.groups = groups.shown(splitDirectoryNames(String(fields.groups)));
		// Without a department in the list nobody is taken out of anything.
		else if (hasRules && fields.department !== undefined) fields.groups = groups.shown(rule?.groups ?? []);
	}
}

function check({ email, name, login, unit }: Fields): Finding[] {
	const findings: Finding[] = [];
	const say = (field: string, message: string, remedy: string) => findings.push({ field, message, remedy });
	if (!email) say('email', 'is missing', 'Fill in the address in the source.');
	else if (!isAddress(String(email))) say('email', 'is not a mail address', 'Correct it in the source.');
	if (!name) say('name', 'is missing', 'Fill in the name in the source.');
	else if (String(name).length > LONGEST_NAME)
		say('name', `has more than ${LONGEST_NAME} characters`, 'Correct it in the source.');
	if (login && (String(login).length > 20 || /["/\\[\]:;|=,+*?<>@]/.test(String(login))))
		say('login', 'cannot be a login', 'At most 20 characters, without @ " / \\ [ ] : ; | = , + * ? < >.');
	if (unit && !isDn(String(unit))) say('unit', 'is not a DN', 'Write it like OU=Staff,DC=example,DC=com.');
	return findings;
}

const outsideOf =
	({ base, newUnit }: Chosen) =>
	({ unit }: Fields): string | undefined => {
		const at = typeof unit === 'string' && unit !== '' ? unit : newUnit;
		return at === '' || isWithin(at, base) ? undefined : `its unit (${at}) is not ${base} nor below it`;
	};
