import type { Client } from '../../../../core/http/client';
import type { Paginator } from '../../../../core/http/pagination';
import type { Current, Fields } from '../../../../core/sync';
import { visitAll } from '../../../../core/visitAll';
import type { DepartmentTree } from '../../department/tree';
import { select } from '../../assumed';
import { userPages } from '../../connection';
import type { User } from '../model';
import { COLUMNS } from './columns';
import type { Scope } from './scope';

interface Limits extends Scope {
	/** Accounts that have this field belong to the sync when nothing else limits it. */
	key: string;
}

/** Read beside what is mapped: what decides about scope and state. */
const ALWAYS = [
	'id',
	'email',
	'emailAliases',
	'name',
	'employeeNo',
	'departmentIds',
	'status',
	'employeeType',
	'freezedTime',
	'createdTime',
	'lastLoginTime',
];

/** Every account of the tenant, 100 in a request, and whether the service said that these are all. */
export async function readUsers(
	client: Client,
	mapped: ReadonlySet<string>,
): Promise<{ users: User[]; complete: boolean }> {
	const wanted = new Set([
		...ALWAYS,
		...[...mapped].filter((field) => !['department', 'initialPassword'].includes(field)),
	]);
	if (wanted.has('managerEmail')) wanted.add('managerInfo');
	const users: User[] = [];
	let complete = true;
	const watched: Paginator = {
		...userPages,
		next(answer, rows, query, size) {
			const next = userPages.next(answer, rows, query, size);
			if (next === undefined) {
				const { total: all, hasMore } = answer as { total?: unknown; hasMore?: unknown };
				const total = Number(all ?? NaN);
				const read = users.length + rows.length;
				complete = hasMore !== true && (Number.isNaN(total) || read >= total);
			}
			return next;
		},
	};
	const seen = new Set<string>();
	for await (const row of client.pages('/v2/users', watched, select(client, wanted))) {
		// An account that moves between pages while they are read comes twice.
		if (seen.has(String(row.id))) continue;
		seen.add(String(row.id));
		users.push(row as unknown as User);
	}
	return { users, complete };
}

/** Accounts as the sync sees them. */
export async function toCurrent(users: User[], tree: DepartmentTree, scope: Limits): Promise<Current[]> {
	const current: Current[] = [];
	await visitAll(users, (user) => current.push(recordOf(user, tree, scope)));
	return current;
}

/** Departments are shown by their paths. */
function recordOf(user: User, tree: DepartmentTree, scope: Limits): Current {
	const inside = isInScope(user, tree, scope);
	const key = (user as unknown as Record<string, unknown>)[scope.key];
	const limited = scope.departmentId !== undefined || scope.domain !== undefined;
	return {
		id: user.id,
		label: user.email,
		names: [user.email, ...(user.emailAliases ?? [])],
		also: { email: user.emailAliases ?? [] },
		fields: fieldsOf(user, tree),
		active: user.status !== 'FREEZE',
		...momentOf('createdAt', user.createdTime),
		used: Boolean(user.lastLoginTime),
		...momentOf('disabledAt', user.freezedTime),
		adoptable: inside,
		// By address alone, every mailbox of the tenant would have an owner: then only a stated scope makes leavers.
		owned: inside && (scope.key === 'email' ? limited : typeof key === 'string' && key !== ''),
	};
}

function fieldsOf(user: User, tree: DepartmentTree): Fields {
	const fields: Fields = {};
	for (const { id, createOnly } of COLUMNS) {
		const value = (user as unknown as Record<string, unknown>)[id];
		if (!createOnly && (typeof value === 'string' || typeof value === 'boolean')) fields[id] = value;
	}
	fields.managerEmail = user.managerEmail ?? user.managerInfo?.email ?? '';
	fields.department = (user.departmentIds ?? []).map((id) => tree.path(id));
	return fields;
}

/** A time of Alimail's, when there is one and it can be read. */
export function momentOf<K extends string>(name: K, time: string | undefined): { [P in K]?: Date } {
	const at = new Date(time ?? NaN);
	return Number.isNaN(at.getTime()) ? {} : ({ [name]: at } as { [P in K]?: Date });
}

function isInScope(user: User, tree: DepartmentTree, scope: Scope): boolean {
	const { departmentId, domain, employeeType } = scope;
	// An account without a type is a person's: the field is not documented to be always there.
	if (employeeType !== 'all' && (user.employeeType ?? 'EMPLOYEE') !== employeeType) return false;
	if (domain !== undefined && !user.email.toLowerCase().endsWith(`@${domain}`)) return false;
	if (departmentId === undefined) return true;
	return (user.departmentIds ?? []).some((id) => tree.isWithin(id, departmentId));
}
