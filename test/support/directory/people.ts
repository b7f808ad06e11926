import { rdn } from '../../../nodes/ActiveDirectory/dn';
import type { Directory } from '../../../nodes/ActiveDirectory/connection';
import { unicodePwd } from '../../../nodes/ActiveDirectory/values/password';
import { change } from '../../../nodes/ActiveDirectory/wire/changes';
import { BASE } from '../../../scripts/directory/samba';

export const PASSWORD = 'Right-Passw0rd';

let units = 0;

/** An organizational unit of a suite's own; its DN. */
export async function ownUnit(directory: Directory): Promise<string> {
	const dn = `OU=Suite ${process.pid}-${++units}-${Date.now()},${BASE}`;
	await directory.add(dn, { objectClass: ['organizationalUnit'] });
	return dn;
}

/** Somebody with a password, as an administrator would make them; the DN. */
export async function addPerson(
	directory: Directory,
	unit: string,
	login: string,
	more: Record<string, Array<string | Buffer>> = {},
): Promise<string> {
	const dn = `${rdn('CN', String(more.displayName?.[0] ?? login))},${unit}`;
	await directory.add(dn, {
		objectClass: ['user'],
		sAMAccountName: [login],
		userPrincipalName: [`${login}@corp.test`],
		mail: [`${login}@corp.test`],
		userAccountControl: ['512'],
		unicodePwd: [unicodePwd(PASSWORD)],
		...more,
	});
	return dn;
}

export async function setOn(
	directory: Directory,
	dn: string,
	values: Record<string, string[]>,
): Promise<void> {
	await directory.modify(
		dn,
		Object.entries(values).map(([name, all]) => change('replace', name, all)),
	);
}
