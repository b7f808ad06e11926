import type { IDataObject } from 'n8n-workflow';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { User } from '../user/model';

/** Fields whose changes are told, beside the status. What changes by every sign-in is not among them. */
export const WATCHED = [
	'email',
	'name',
	'employeeNo',
	'departmentIds',
	'jobTitle',
	'managerEmail',
	'emailAliases',
	'nickname',
	'customName',
	'phone',
	'workPhone',
	'workLocation',
	'officeLocation',
	'homeLocation',
	'info',
	'isHidden',
	'employeeType',
] as const;

const FIELDS = [...WATCHED, 'status'] as const;
type Field = (typeof FIELDS)[number];

/** A field without content may be missing: '' stands for it, as for `false`. */
type Value = string | string[];

/** An account as it is remembered. */
export type Known = Record<Field, Value>;

export function knownOf(user: User): Known {
	const all = { ...user, managerEmail: user.managerEmail ?? user.managerInfo?.email } as IDataObject;
	return Object.fromEntries(FIELDS.map((field) => [field, valueOf(all[field])])) as Known;
}

function valueOf(value: unknown): Value {
	if (Array.isArray(value)) return value.map(String).sort();
	return value === undefined || value === null || value === false ? '' : String(value);
}

/** For people: `false` and lists as they are. */
export function shown(field: string, value: Value): string | string[] | boolean {
	if (field === 'isHidden') return value === 'true';
	return value === '' && (field === 'departmentIds' || field === 'emailAliases') ? [] : value;
}

/** The fields of an account that have content. */
export const rowOf = (known: Known): IDataObject =>
	Object.fromEntries(
		FIELDS.filter((field) => known[field] !== '').map((field) => [field, shown(field, known[field])]),
	);

/** Two values that mean the same. */
export const isSame = (a: Value, b: Value): boolean => String(a) === String(b);

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** All accounts as one short text: 10,000 of them take some hundred kilobytes of n8n's database. */
export async function packed(users: Map<string, Known>): Promise<string> {
	const rows = [...users].map(([id, known]) => [id, ...FIELDS.map((field) => known[field])]);
	return (await zip(JSON.stringify({ fields: FIELDS, rows }))).toString('base64');
}

interface Packed {
	fields: string[];
	rows: Array<[string, ...Value[]]>;
}

export async function unpacked(text: string): Promise<Map<string, Known>> {
	const { fields, rows } = JSON.parse((await unzip(Buffer.from(text, 'base64'))).toString()) as Packed;
	return new Map(
		rows.map(([id, ...values]) => [
			id,
			Object.fromEntries(FIELDS.map((field) => [field, values[fields.indexOf(field)] ?? ''])) as Known,
		]),
	);
}
