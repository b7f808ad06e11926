import { createHash } from 'node:crypto';
import type { Directory } from './directory';
import { conflict, invalid } from './errors';
import { FLAG, IDS, NAME, NOTE, type Rules, TEXT } from './fields';
import { TEXT_FIELDS, type Status, type User } from './records';

const SHARED: Rules = {
	name: NAME,
	nickname: NAME,
	employeeNo: TEXT,
	jobTitle: TEXT,
	workLocation: TEXT,
	officeLocation: TEXT,
	homeLocation: TEXT,
	phone: TEXT,
	workPhone: TEXT,
	customName: NAME,
	managerEmail: TEXT,
	info: NOTE,
	departmentIds: IDS,
	status: { type: 'enum', values: ['NORMAL', 'FREEZE'] },
	isHidden: FLAG,
	forceChangePasswordNextSignIn: FLAG,
};

/** Body of a create (github.com/eryajf/go-alimail, alimail/user.go). */
export const CREATE: Rules = {
	...SHARED,
	email: TEXT,
	password: TEXT,
	employeeType: { type: 'enum', values: ['EMPLOYEE', 'SERVICE'] },
};
export const CREATE_REQUIRED = ['email', 'password', 'name', 'departmentIds'];

/** Body of an update: that of a create without `password` and `employeeType`; `id` and `email` only to repeat them. */
export const UPDATE: Rules = { ...SHARED, id: TEXT, email: TEXT };

/**
 * The changes that a checked body means for an account.
 * @throws 400 for a department or manager that does not exist. That `managerEmail` has to exist, and that `$root` is no
 * value for `departmentIds` (the root's real id is), are the sandbox's own assumptions.
 */
export function changesOf(
	body: Record<string, unknown>,
	directory: Directory,
	now: string,
	user?: User,
): Partial<User> {
	const changes: Partial<User> = {};
	for (const field of TEXT_FIELDS) {
		if (body[field] !== undefined) changes[field] = (body[field] as string) || undefined;
	}
	if (body.name !== undefined) {
		if (!(body.name as string).trim()) throw invalid('"name" must not be empty.', 'name');
		changes.name = body.name as string;
	}
	for (const field of ['isHidden', 'forceChangePasswordNextSignIn'] as const) {
		if (body[field] !== undefined) changes[field] = body[field] as boolean;
	}
	if (body.departmentIds !== undefined) {
		changes.departmentIds = departmentsOf(body.departmentIds as string[], directory);
	}
	if (body.managerEmail !== undefined) {
		changes.managerId = managerOf(body.managerEmail as string, directory, user);
	}
	if (body.status !== undefined) Object.assign(changes, statusChange(body.status as Status, now, user));
	return changes;
}

function departmentsOf(ids: string[], directory: Directory): string[] {
	if (ids.length === 0) throw invalid('"departmentIds" must name at least one department.', 'departmentIds');
	const unknown = ids.find((id) => !directory.departments.has(id));
	if (unknown !== undefined) {
		const hint = unknown === '$root' ? ' The root has an id of its own: read department "$root" for it.' : '';
		throw invalid(`The department "${unknown}" in "departmentIds" does not exist.${hint}`, 'departmentIds');
	}
	return [...new Set(ids)];
}

function managerOf(address: string, directory: Directory, user?: User): string | undefined {
	if (address === '') return undefined;
	const manager = directory.findUser(address);
	if (!manager) throw invalid(`There is no account "${address}" to be the manager.`, 'managerEmail');
	if (manager === user) throw invalid('An account cannot be its own manager.', 'managerEmail');
	return manager.id;
}

function statusChange(status: Status, now: string, user?: User): Partial<User> {
	if (status === 'NORMAL') return { status, freezedTime: undefined };
	return { status, freezedTime: user?.status === 'FREEZE' ? user.freezedTime : now };
}

/**
 * A new address, in lower case: well formed, in a domain of the tenant, used by nobody.
 * @throws 400 that names the field.
 */
export function freeAddress(address: string, field: string, directory: Directory): string {
	if (!/^[a-z0-9](?:[a-z0-9._'+-]{0,62}[a-z0-9])?@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(address)) {
		throw invalid(`"${address}" is not a valid address.`, field);
	}
	if (!directory.ownsAddress(address)) {
		throw conflict(
			'DomainNotOwned',
			`The domain of "${address}" does not belong to this organization.`,
			field,
		);
	}
	if (directory.addressTaken(address)) {
		throw conflict('EmailAlreadyExists', `The address "${address}" is already in use.`, field);
	}
	return address.toLowerCase();
}

export function hash(password: string): string {
	return createHash('sha256').update(password).digest('hex');
}
