import type { Current, Fields } from '../../../../core/sync';
import { idOf } from '../../changes/since';
import type { Directory } from '../../connection';
import { dnKey, isWithin, parentOf } from '../../dn';
import type { Entry } from '../../values/decode';
import { ACCOUNT_DISABLED } from '../../values/flags';
import { fileTimeToIso, generalizedToIso } from '../../values/times';
import { listOf } from '../../wire/serverInfo';
import { modelOf } from '../model';
import type { Chosen, Groups } from './chosen';
import { ATTRIBUTES } from './columns';

/** What the target must know of an account to write to it. */
export interface Account {
	dn: string;
	control: number;
}

export interface Accounts {
	records: Current[];
	/** By their ids. */
	accounts: Map<string, Account>;
	/** DNs by mail address, in lower case: for managers. */
	byMail: Map<string, string>;
}

const one = (entry: Entry, name: string): string => listOf(entry[name])[0] ?? '';

/** All accounts below the base, and those of leavers wherever they were moved. @throws {ServiceError} rather than a part */
export async function readAccounts(
	directory: Directory,
	chosen: Chosen,
	groups: Groups,
	key: string,
): Promise<Accounts> {
	const entries = new Map<string, Entry>();
	const { base, leaverUnit, numberAttribute } = chosen;
	const bases = leaverUnit === '' || isWithin(leaverUnit, base) ? [base] : [base, leaverUnit];
	const attributes = [
		...['objectGUID', 'sAMAccountName', 'userPrincipalName', 'userAccountControl', 'manager', 'memberOf'],
		...['adminCount', 'isCriticalSystemObject', 'whenCreated', 'lastLogonTimestamp', 'pwdLastSet'],
		numberAttribute,
		...Object.values(ATTRIBUTES),
	];
	const { filter } = modelOf('activeDirectory');
	for (const from of bases)
		for await (const entry of directory.search({ base: from, scope: 'sub', filter, attributes }))
			entries.set(idOf(entry), entry);
	const mails = new Map([...entries.values()].map((entry) => [dnKey(entry.dn), one(entry, 'mail')]));
	const accounts: Accounts = { records: [], accounts: new Map(), byMail: new Map() };
	const own = directory.settings.account.toLowerCase();
	for (const [id, entry] of entries) {
		const control = Number(one(entry, 'userAccountControl'));
		accounts.accounts.set(id, { dn: entry.dn, control });
		if (one(entry, 'mail') !== '') accounts.byMail.set(one(entry, 'mail').toLowerCase(), entry.dn);
		accounts.records.push(recordOf(id, entry, { control, mails, groups, chosen, key, own }));
	}
	return accounts;
}

interface Known {
	control: number;
	mails: Map<string, string>;
	groups: Groups;
	chosen: Chosen;
	key: string;
	own: string;
}

function recordOf(id: string, entry: Entry, { control, mails, groups, chosen, key, own }: Known): Current {
	const fields = fieldsOf(entry, chosen.numberAttribute);
	const manager = one(entry, 'manager');
	fields.managerEmail = manager === '' ? '' : mails.get(dnKey(manager)) || manager;
	fields.groups = groups.shownOf(listOf(entry.memberOf));
	const upn = one(entry, 'userPrincipalName');
	const login = one(entry, 'sAMAccountName');
	const names = [one(entry, 'mail'), upn, `${login}@${upn.split('@')[1] ?? ''}`].filter((name) =>
		/.@./.test(name),
	);
	const why = protection(entry, [entry.dn, upn, login], own);
	const created = generalizedToIso(one(entry, 'whenCreated'));
	return {
		id,
		label: one(entry, 'mail') || login,
		names,
		fields,
		active: (control & ACCOUNT_DISABLED) === 0,
		...(created === undefined ? {} : { createdAt: new Date(created) }),
		used: isUsed(entry, chosen.forceChange),
		adoptable: true,
		// By address or login alone every account below the base would have an owner, service accounts too.
		owned: key === 'employeeNo' ? fields.employeeNo !== '' : fields[key] !== '' && fields.employeeNo !== '',
		...(why === undefined ? {} : { protectedBy: why }),
	};
}

/** A sign-in is told of late; where new people must choose a password of their own, one that was chosen tells as well. */
function isUsed(entry: Entry, mustChange: boolean): boolean {
	const hasChosen = mustChange && !['', '0'].includes(one(entry, 'pwdLastSet'));
	return hasChosen || Boolean(fileTimeToIso(one(entry, 'lastLogonTimestamp')));
}

function fieldsOf(entry: Entry, numberAttribute: string): Fields {
	const fields: Fields = {
		employeeNo: one(entry, numberAttribute),
		login: one(entry, 'sAMAccountName'),
		unit: parentOf(entry.dn),
	};
	for (const [column, attribute] of Object.entries(ATTRIBUTES)) fields[column] = one(entry, attribute);
	return fields;
}

/** Accounts that no list of people decides about (MS-ADTS 3.1.1.6.1 for adminCount). */
function protection(entry: Entry, names: string[], own: string): string | undefined {
	if (one(entry, 'isCriticalSystemObject').toUpperCase() === 'TRUE') return 'belongs to the domain itself';
	if (one(entry, 'adminCount') === '1') return 'is an administrator of the domain';
	const isOwn = names.some((name) => name.toLowerCase() === own.replace(/^[^\\]+\\/, ''));
	return isOwn ? 'is the account that this sync signs in with' : undefined;
}
