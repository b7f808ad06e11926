import { Groups } from './groups';
import type { Department, Domain, Organization, User } from './records';

/**
 * The tenant's accounts and departments with their indexes: by id, address, department, employee number and manager, so
 * that no request walks over all accounts. It keeps itself consistent and knows nothing of the wire.
 */
export class Directory {
	root: Department;
	readonly domains: Domain[] = [];
	readonly users = new Map<string, User>();
	readonly departments = new Map<string, Department>();
	/** Accounts by order of creation; a deleted one leaves a hole, so that cursors stay valid. */
	readonly sequence: Array<User | undefined> = [];
	readonly members = new Groups();
	readonly children = new Groups();
	readonly reports = new Groups();
	readonly employeeNumbers = new Groups();
	private addresses = new Map<string, string>();
	private siblings = new Map<string, string>();
	private departmentSequence = 0;

	constructor(
		readonly organization: Organization,
		readonly stamp: () => string,
	) {
		this.root = this.addDepartment({ name: organization.name, id: 'dept-root' });
		this.addDomain(organization.domain);
	}

	addDomain(domain: string): Domain {
		const known = this.domains.find((one) => one.domain === domain);
		if (known) return known;
		const added: Domain = {
			id: `domain-${this.domains.length + 1}`,
			domain,
			aliases: [],
			isMaster: this.domains.length === 0,
			createdTime: this.stamp(),
		};
		this.domains.push(added);
		return added;
	}

	ownsAddress(address: string): boolean {
		const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
		return this.domains.some((one) => one.domain === domain || one.aliases.includes(domain));
	}

	/** By id, address or alias. */
	findUser(idOrAddress: string): User | undefined {
		const id = this.addresses.get(idOrAddress.toLowerCase());
		return this.users.get(idOrAddress) ?? (id === undefined ? undefined : this.users.get(id));
	}

	/** By id; `$root` is the root. */
	findDepartment(id: string): Department | undefined {
		return id === '$root' ? this.root : this.departments.get(id);
	}

	/** Whether an account, an alias or a department has the address. */
	addressTaken(address: string): boolean {
		return this.addresses.has(address.toLowerCase());
	}

	addUser(fields: Omit<User, 'seq' | 'id' | 'createdTime'> & { id?: string; createdTime?: string }): User {
		const seq = this.sequence.length;
		const id = fields.id ?? `user-${(seq + 1).toString(36).padStart(6, '0')}`;
		const user: User = { createdTime: this.stamp(), ...fields, seq, id };
		this.sequence.push(user);
		this.users.set(id, user);
		for (const address of [user.email, ...user.emailAliases]) this.addresses.set(address, id);
		this.index(user, 'add');
		return user;
	}

	updateUser(user: User, changes: Partial<User>): void {
		this.index(user, 'remove');
		Object.assign(user, changes);
		this.index(user, 'add');
	}

	setAliases(user: User, aliases: string[]): void {
		for (const alias of user.emailAliases) this.addresses.delete(alias);
		user.emailAliases = aliases;
		for (const alias of aliases) this.addresses.set(alias, user.id);
	}

	deleteUser(user: User): void {
		for (const id of [...this.reports.of(user.id)]) {
			const report = this.users.get(id);
			if (report) this.updateUser(report, { managerId: undefined });
		}
		this.index(user, 'remove');
		for (const address of [user.email, ...user.emailAliases]) this.addresses.delete(address);
		this.users.delete(user.id);
		this.sequence[user.seq] = undefined;
	}

	addDepartment(fields: Partial<Department> & { name: string }): Department {
		const seq = this.departmentSequence++;
		const department: Department = {
			createdTime: this.stamp(),
			isHidden: false,
			managers: [],
			hiddenExcludeUsers: [],
			hiddenExcludeDepartments: [],
			...fields,
			seq,
			id: fields.id ?? `dept-${seq.toString(36).padStart(5, '0')}`,
		};
		this.departments.set(department.id, department);
		this.indexDepartment(department, 'add');
		return department;
	}

	/** @throws {Error} when something is below it already */
	renameRoot(id: string): void {
		if (this.departments.size > 1 || this.users.size > 0) throw new Error('The root is in use already.');
		this.departments.delete(this.root.id);
		this.root = { ...this.root, id };
		this.departments.set(id, this.root);
	}

	updateDepartment(department: Department, changes: Partial<Department>): void {
		this.indexDepartment(department, 'remove');
		Object.assign(department, changes);
		this.indexDepartment(department, 'add');
	}

	deleteDepartment(department: Department): void {
		this.indexDepartment(department, 'remove');
		this.departments.delete(department.id);
	}

	/** The child of that name. With several of one name, the last one. */
	childNamed(parentId: string, name: string): Department | undefined {
		const id = this.siblings.get(`${parentId}/${name}`);
		return id === undefined ? undefined : this.departments.get(id);
	}

	/** Names from the first level down to the department; empty for the root. */
	pathOf(departmentId: string): string[] {
		const names: string[] = [];
		let department = this.departments.get(departmentId);
		while (department?.parentId) {
			names.unshift(department.name);
			department = this.departments.get(department.parentId);
		}
		return names;
	}

	/** The department and everything below it. */
	subtree(departmentId: string): Set<string> {
		const ids = new Set([departmentId]);
		for (const id of ids) for (const child of this.children.of(id)) ids.add(child);
		return ids;
	}

	private index(user: User, change: 'add' | 'remove'): void {
		for (const id of user.departmentIds) this.members[change](id, user.id);
		this.reports[change](user.managerId, user.id);
		this.employeeNumbers[change](user.employeeNo?.toLowerCase(), user.id);
	}

	private indexDepartment(department: Department, change: 'add' | 'remove'): void {
		this.children[change](department.parentId, department.id);
		const key = `${department.parentId ?? ''}/${department.name}`;
		if (change === 'add') {
			this.siblings.set(key, department.id);
			if (department.email) this.addresses.set(department.email, department.id);
			return;
		}
		if (this.siblings.get(key) === department.id) this.siblings.delete(key);
		if (department.email) this.addresses.delete(department.email);
	}
}
