import { invalidInput } from '../../../core/errors';
import { truncate } from '../../../core/text';

/** How these characters are escaped in Alimail's filters is not documented, so they are not sent. */
const UNSAFE = /[()*\\&|!=<>~\u0000-\u001f]/;

/**
 * Alimail's search expressions look like LDAP's: `(&(departmentId=D*)(!(status=FREEZE)))`
 * (fields and forms: https://glama.ai/mcp/servers/mfc-open/alimail-admin-mcp, tool search_users).
 */
export function equals(field: string, value: string, label: string): string {
	return `(${field}=${checked(value, label)})`;
}

export function containing(fields: string[], value: string): string {
	const parts = fields.map((field) => `(${field}=*${checked(value, 'Search')}*)`);
	return any(parts);
}

/** Members of a department and of all departments below it. */
export const inSubtree = (departmentId: string): string =>
	`(departmentId=${checked(departmentId, 'Department')}*)`;
export const not = (filter: string): string => `(!${filter})`;
export const all = (filters: string[]): string => join('&', filters);
export const any = (filters: string[]): string => join('|', filters);

function join(sign: string, filters: string[]): string {
	return filters.length <= 1 ? (filters[0] ?? '') : `(${sign}${filters.join('')})`;
}

function checked(value: string, label: string): string {
	if (UNSAFE.test(value))
		throw invalidInput(
			label,
			`'${label}' has a character that Alimail’s search does not take: “${truncate(value)}”`,
			'Leave out brackets, stars, backslashes and the signs & | ! = < > ~.',
		);
	return value;
}
