import type { Directory } from '../connection';
import { all, any, equal, type Filter } from '../filter/filter';
import type { ServerKind } from '../wire/serverInfo';

/** How a directory of one kind keeps people. */
export interface UserModel {
	/** Which entries are people. */
	filter: Filter;
	/** The attribute with the name that somebody signs in with. */
	login: string;
	/** What identifies an entry for good, whatever it is called and wherever it stands. */
	id: string;
	/** The kind of name in a DN. */
	rdn: string;
	objectClass: string[];
	/** The attributes most workflows need, most used first. */
	usual: string[];
}

const ACTIVE_DIRECTORY: UserModel = {
	filter: all(equal('objectCategory', 'person'), equal('objectClass', 'user')),
	login: 'sAMAccountName',
	id: 'objectGUID',
	rdn: 'CN',
	objectClass: ['top', 'person', 'organizationalPerson', 'user'],
	usual: [
		...[
			'objectGUID',
			'sAMAccountName',
			'userPrincipalName',
			'displayName',
			'mail',
			'employeeID',
			'department',
		],
		...['title', 'manager', 'userAccountControl'],
	],
};

const OTHERS: UserModel = {
	filter: any(equal('objectClass', 'inetOrgPerson'), equal('objectClass', 'posixAccount')),
	login: 'uid',
	id: 'entryUUID',
	rdn: 'uid',
	objectClass: ['inetOrgPerson'],
	usual: [
		...['entryUUID', 'uid', 'cn', 'givenName', 'sn', 'mail', 'employeeNumber', 'departmentNumber', 'title'],
		'manager',
	],
};

export const modelOf = (kind: ServerKind): UserModel =>
	kind === 'activeDirectory' ? ACTIVE_DIRECTORY : OTHERS;

export async function userModel(directory: Directory): Promise<UserModel> {
	return modelOf((await directory.info()).kind);
}
