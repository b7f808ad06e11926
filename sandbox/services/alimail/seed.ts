import type { Directory } from './directory';
import type { Department, User } from './records';

/** A department to put in: by path (`R&D/Platform`, missing parents are made), or by name under a parent's id. */
export type SeedDepartment =
	| string
	| { path: string; id?: string; email?: string; isHidden?: boolean }
	| { name: string; parentId?: string; id?: string; email?: string; isHidden?: boolean };

/** An account to put in. Only the address is needed; no wire rule is checked but that addresses are unique. */
export type SeedUser = Partial<Omit<User, 'seq' | 'email' | 'managerId' | 'passwordHash'>> & {
	email: string;
	/** Path of one department, made when missing. Without it and without `departmentIds` the account is in the root. */
	department?: string;
	/** Address of the manager, who may come later in the same list. */
	managerEmail?: string;
};

export interface Seed {
	/** Before anything else is there: the id of the top. Whether it is `$root` itself or one of its own is not documented. */
	rootId?: string;
	domains?: string[];
	departments?: SeedDepartment[];
	users?: SeedUser[];
}

export interface Seeded {
	departments: Department[];
	users: User[];
}

/** @throws {Error} when an address is taken, or a parent, department or manager does not exist. */
export function seed(
	directory: Directory,
	{ rootId, domains = [], departments = [], users = [] }: Seed,
): Seeded {
	if (rootId !== undefined) directory.renameRoot(rootId);
	for (const domain of domains) directory.addDomain(domain.toLowerCase());
	const made = departments.map((department) => seedDepartment(directory, department));
	const added = users.map((user) => seedUser(directory, user));
	users.forEach(({ managerEmail }, position) => {
		const user = added[position];
		if (!managerEmail || !user) return;
		const manager = directory.findUser(managerEmail);
		if (!manager) throw new Error(`Seed: the manager ${managerEmail} of ${user.email} does not exist.`);
		directory.updateUser(user, { managerId: manager.id });
	});
	return { departments: made, users: added };
}

function seedDepartment(directory: Directory, wanted: SeedDepartment): Department {
	if (typeof wanted === 'string') return departmentAt(directory, wanted);
	if ('path' in wanted) {
		const { path, ...fields } = wanted;
		return departmentAt(directory, path, fields);
	}
	const { parentId = '$root', ...fields } = wanted;
	const parent = directory.findDepartment(parentId);
	if (!parent) throw new Error(`Seed: the parent ${parentId} of department ${wanted.name} does not exist.`);
	return directory.addDepartment({ ...fields, parentId: parent.id });
}

/** The department at a path, made with its parents when missing; `fields` are for the last one. */
function departmentAt(directory: Directory, path: string, fields: Partial<Department> = {}): Department {
	const names = path
		.split('/')
		.map((name) => name.trim())
		.filter(Boolean);
	let department = directory.root;
	names.forEach((name, level) => {
		const parentId = department.id;
		department =
			directory.childNamed(parentId, name) ??
			directory.addDepartment({ ...(level === names.length - 1 ? fields : {}), name, parentId });
	});
	return department;
}

const DAY_MS = 24 * 60 * 60_000;

function seedUser(directory: Directory, wanted: SeedUser): User {
	const { department, ...given } = wanted;
	const fields = Object.fromEntries(
		Object.entries(given).filter(([field, value]) => value !== undefined && field !== 'managerEmail'),
	);
	const email = wanted.email.toLowerCase();
	if (directory.addressTaken(email)) throw new Error(`Seed: the address ${email} is given twice.`);
	const departmentIds = wanted.departmentIds ?? [departmentAt(directory, department ?? '').id];
	const unknown = departmentIds.find((id) => !directory.departments.has(id));
	if (unknown) throw new Error(`Seed: the department ${unknown} of ${email} does not exist.`);
	return directory.addUser({
		emailAliases: [],
		name: email.split('@')[0] ?? email,
		status: 'NORMAL',
		employeeType: 'EMPLOYEE',
		isHidden: false,
		forceChangePasswordNextSignIn: false,
		isInitialPassword: true,
		// What is there before a test or a demo begins has been there for a while.
		createdTime: new Date(Date.parse(directory.stamp()) - 30 * DAY_MS).toISOString(),
		...fields,
		departmentIds,
		email,
		...(wanted.status === 'FREEZE' ? { freezedTime: wanted.freezedTime ?? directory.stamp() } : {}),
	});
}
