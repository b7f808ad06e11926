import { BASE, REALM } from './samba';
import { LDAP_BASE } from './openldap';

/** From 0: `p00000` and so on. */
export const loginOf = (number: number): string => `p${String(number).padStart(5, '0')}`;

const DEPARTMENTS = 40;
/** Members that are added to a group in one step. */
const AT_ONCE = 500;

/** LDIF lines; what is not plain ASCII travels in base64, as LDIF wants it. */
function entry(dn: string, attributes: Array<[name: string, value: string]>): string {
	const line = ([name, value]: [string, string]) =>
		/^[\x20-\x7e]*$/.test(value) && !/^[ :<]| $/.test(value)
			? `${name}: ${value}`
			: `${name}:: ${Buffer.from(value).toString('base64')}`;
	return [['dn', dn] as [string, string], ...attributes].map(line).join('\n') + '\n\n';
}

/**
 * An organizational unit `Staff` with so many people, and a group `Everyone` with half of them, for an Active Directory.
 * @param isNumbered whether they have an `employeeID` (`E100000` and so on), and are enabled
 */
export function activeDirectoryCompany(people: number, isNumbered = false): string {
	const staff = `OU=Staff,${BASE}`;
	const dnOf = (number: number) => `CN=${nameOf(number, true)},${staff}`;
	let ldif = entry(staff, [['objectClass', 'organizationalUnit']]);
	for (let i = 0; i < people; i++)
		ldif += entry(dnOf(i), [
			['objectClass', 'user'],
			['sAMAccountName', loginOf(i)],
			['userPrincipalName', `${loginOf(i)}@${REALM}`],
			...common(i),
			['displayName', nameOf(i)],
			['department', departmentOf(i)],
			...(isNumbered ? numbered(i) : []),
		]);
	const everyone = `CN=Everyone,${staff}`;
	ldif += entry(everyone, [
		['objectClass', 'group'],
		['sAMAccountName', 'Everyone'],
	]);
	const inside = members(people / 2, dnOf);
	for (let i = 0; i < inside.length; i += AT_ONCE)
		ldif += entry(everyone, [['changetype', 'modify'], ['add', 'member'], ...inside.slice(i, i + AT_ONCE)]);
	return ldif;
}

/** The same for an OpenLDAP: `ou=people`, and a `groupOfNames`. */
export function openLdapCompany(people: number): string {
	const staff = `ou=people,${LDAP_BASE}`;
	const dnOf = (number: number) => `uid=${loginOf(number)},${staff}`;
	const entries = [entry(staff, [['objectClass', 'organizationalUnit']])];
	for (let i = 0; i < people; i++)
		entries.push(
			entry(dnOf(i), [
				['objectClass', 'inetOrgPerson'],
				['cn', nameOf(i)],
				['uid', loginOf(i)],
				...common(i),
				['departmentNumber', departmentOf(i)],
			]),
		);
	if (people > 1)
		entries.push(
			entry(`cn=everyone,${staff}`, [
				['objectClass', 'groupOfNames'],
				['cn', 'everyone'],
				...members(people / 2, dnOf),
			]),
		);
	return entries.join('');
}

/** Enabled without a password, which nobody here signs in with. */
const numbered = (number: number): Array<[string, string]> => [
	['employeeID', `E${100_000 + number}`],
	['userAccountControl', '544'],
];

function common(number: number): Array<[string, string]> {
	return [
		['mail', `${loginOf(number)}@${REALM}`],
		['givenName', number % 5 === 0 ? '伟' : 'Person'],
		['sn', `N${number}`],
		['title', 'Engineer'],
		['telephoneNumber', `+86 571 ${String(number).padStart(8, '0')}`],
		['employeeNumber', String(100_000 + number)],
	];
}

/** Every fifth has a Chinese name, every seventh one with a comma in it. */
function nameOf(number: number, isInDn = false): string {
	const tail = String(number).padStart(5, '0');
	if (number % 5 === 0) return `李伟 ${tail}`;
	return number % 7 === 0 ? `Smith${isInDn ? '\\,' : ','} Ann ${tail}` : `Person ${tail}`;
}

const departmentOf = (number: number) => `Department ${number % DEPARTMENTS}`;

const members = (count: number, dnOf: (number: number) => string) =>
	Array.from({ length: Math.floor(count) }, (_, i): [string, string] => ['member', dnOf(i)]);
