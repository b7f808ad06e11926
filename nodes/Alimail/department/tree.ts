import type { Client } from '../../../core/http/client';
import { invalidInput, ServiceError } from '../../../core/errors';
import { path } from '../../../core/http/path';
import { wasBefore, wasThere } from '../../../core/http/wasThere';
import { select } from '../assumed';
import { departmentPages } from '../connection';
import { joinPath, ROOT, sameName, splitPath, TOP } from './path';

export { ROOT };

export interface Department {
	id: string;
	name: string;
	parentId: string;
	hasSubDepartments?: boolean;
	hasUsers?: boolean;
	/** RFC 3339. */
	createdTime?: string;
}

/** Fields that come only when asked for; `hasSubDepartments` saves asking every leaf for its children. */
export const DEPARTMENT_FIELDS =
	'id name parentId email isHidden managers hasUsers hasSubDepartments userCount createdTime'.split(' ');

/** The departments of an organization, as they were read and as they are made during the run. */
export class DepartmentTree {
	private readonly byId = new Map<string, Department>();
	private readonly byPlace = new Map<string, string>();
	private readonly making = new Map<string, Promise<string>>();
	/** Departments made through this tree, in order. */
	readonly made: string[] = [];

	private constructor(
		private readonly client: Client,
		/** Where the tree begins; paths are told from here. */
		private readonly top: string,
		/** What accounts have in their `departmentIds` for it. */
		private topId: string = top,
	) {}

	/** All departments, one request for each that has others below it (and one for every 100 of them). */
	static async read(client: Client, from = ROOT): Promise<DepartmentTree> {
		const tree = new DepartmentTree(client, from);
		const descend = async (id: string): Promise<void> => {
			const children: Department[] = [];
			for await (const row of childrenOf(client, id)) {
				// A department met twice would be a circle in the answers: it is not followed again.
				if (tree.byId.has(row.id)) continue;
				tree.add({ ...row, parentId: id });
				children.push(row);
			}
			await Promise.all(
				children.filter((child) => child.hasSubDepartments !== false).map((child) => descend(child.id)),
			);
		};
		[tree.topId] = await Promise.all([from === ROOT ? idOfTop(client) : from, descend(from)]);
		return tree;
	}

	get(id: string): Department | undefined {
		return this.isTop(id) ? { id: this.top, name: TOP, parentId: '' } : this.byId.get(id);
	}

	/** The id by which an account belongs to a department. */
	memberId(id: string): string {
		return this.isTop(id) ? this.topId : id;
	}

	all(): Department[] {
		return [...this.byId.values()];
	}

	/** `R&D/Platform/Core`; an id that is not in the tree stands for itself. */
	path(id: string): string {
		return joinPath(this.names(id));
	}

	/** The department at a path, or undefined. */
	find(text: string, label = 'Department Path'): Department | undefined {
		let id: string | undefined = this.top;
		for (const name of splitPath(text, label)) {
			id = this.byPlace.get(place(id, name));
			if (id === undefined) return undefined;
		}
		return this.get(id);
	}

	/** The id of the last department of a path that is there: what is missing would be made below it. */
	nearest(text: string, label = 'Department Path'): string {
		let at = this.top;
		for (const name of splitPath(text, label)) {
			const next = this.byPlace.get(place(at, name));
			if (next === undefined) break;
			at = next;
		}
		return at;
	}

	/** Whether `id` is `ancestor` or lies below it. */
	isWithin(id: string, ancestor: string): boolean {
		if (ancestor === ROOT || this.isTop(ancestor)) return true;
		for (let at: string | undefined = id, steps = 0; at !== undefined && steps <= this.byId.size; steps++) {
			if (at === ancestor) return true;
			at = this.byId.get(at)?.parentId;
		}
		return false;
	}

	/** The id at a path, and whether this call made it. What is missing is made, parents first; asked twice, it is made once. */
	async ensure(text: string, label = 'Department Path'): Promise<{ id: string; created: boolean }> {
		let at = { id: this.top, created: false };
		for (const name of splitPath(text, label)) at = await this.child(at.id, name);
		return { ...at, id: this.memberId(at.id) };
	}

	private isTop(id: string): boolean {
		return id === this.top || id === this.topId;
	}

	private async child(parentId: string, name: string): Promise<{ id: string; created: boolean }> {
		const key = place(parentId, name);
		const known = this.byPlace.get(key);
		if (known !== undefined) return { id: known, created: false };
		const making = this.making.get(key);
		if (making !== undefined) return { id: await making, created: false };
		const made = this.make(parentId, name).finally(() => this.making.delete(key));
		this.making.set(key, made);
		return { id: await made, created: true };
	}

	private async make(parentId: string, name: string): Promise<string> {
		const { id } = await createDepartment(this.client, { name, parentId });
		this.add({ id, name, parentId, hasSubDepartments: false, hasUsers: false });
		this.made.push(this.path(id));
		return id;
	}

	private add(department: Department): void {
		this.byId.set(department.id, department);
		const key = place(department.parentId, department.name);
		if (!this.byPlace.has(key)) this.byPlace.set(key, department.id);
	}

	private names(id: string): string[] {
		const names: string[] = [];
		for (
			let at: string | undefined = id;
			at !== undefined && !this.isTop(at) && names.length <= this.byId.size;
		) {
			const department = this.byId.get(at);
			names.unshift(department?.name ?? at);
			at = department?.parentId;
		}
		return names;
	}
}

const place = (parentId: string, name: string) => `${parentId}\n${sameName(name)}`;

/** Direct sub-departments. */
export async function* childrenOf(client: Client, id: string): AsyncGenerator<Department> {
	const rows = client.pages(
		path`/v2/departments/${id}/departments`,
		departmentPages,
		select(client, DEPARTMENT_FIELDS),
	);
	for await (const row of rows) yield row as unknown as Department;
}

const trees = new WeakMap<Client, Promise<DepartmentTree>>();

/** The whole tree, read once a run. */
export async function departmentTree(client: Client): Promise<DepartmentTree> {
	let tree = trees.get(client);
	if (tree === undefined) {
		tree = DepartmentTree.read(client);
		trees.set(client, tree);
	}
	return await tree;
}

export interface NewDepartment {
	name: string;
	parentId: string;
	[field: string]: unknown;
}

/** Makes a department; one whose fate is unknown is looked for under its parent before it is made again. */
export async function createDepartment(client: Client, department: NewDepartment): Promise<Department> {
	const { name, parentId } = department;
	const asked = Date.now();
	return await client.send<Department>({
		method: 'POST',
		path: '/v2/departments',
		answer: ['id'],
		body: department,
		idempotent: false,
		async reconcile() {
			for await (const child of childrenOf(client, parentId)) {
				if (sameName(child.name) !== sameName(name)) continue;
				const made = { service: 'Alimail', what: `the department “${name}”`, field: 'Name' };
				return wasBefore(child.createdTime, asked) ? wasThere(made) : child;
			}
			return undefined;
		},
		manualCheck: `Look in the Alimail admin console whether the department “${name}” is there.`,
	});
}

export interface DepartmentChoice {
	mode: string;
	value: string;
}

/** The id behind a locator: as given, or found by its path. */
export async function departmentId(client: Client, choice: DepartmentChoice, label: string): Promise<string> {
	if (choice.mode !== 'path') return choice.value;
	const found = (await departmentTree(client)).find(choice.value, label);
	if (found === undefined)
		throw invalidInput(
			label,
			`There is no department “${choice.value}”`,
			'Check the path (names from the top down, with slashes), or create it with “Ensure Path”.',
		);
	return found.id;
}

/** The id behind a locator as accounts want it: whether they take the name `$root` is not documented, its id they do. */
export async function memberDepartmentId(
	client: Client,
	choice: DepartmentChoice,
	label: string,
): Promise<string> {
	const id = await departmentId(client, choice, label);
	return id === ROOT ? await rootId(client) : id;
}

/** Who may not read the top itself may still read what is below it, and goes by its name. */
async function idOfTop(client: Client): Promise<string> {
	return await rootId(client).catch((error: unknown) => {
		if (client.isGone(error) || (error instanceof ServiceError && error.facts.status === 403)) return ROOT;
		throw error;
	});
}

const rootIds = new WeakMap<Client, Promise<string>>();

/** Whether the top has an id of its own beside its name is not documented: it is asked, once a run. */
async function rootId(client: Client): Promise<string> {
	const known = rootIds.get(client);
	if (known !== undefined) return await known;
	const asked = client.get<Department>(path`/v2/departments/${ROOT}`).then(({ id }) => id);
	rootIds.set(client, asked);
	asked.catch(() => rootIds.delete(client));
	return await asked;
}

/** Moving a department below itself would cut it off from the tree. */
export async function refuseCycle(client: Client, id: string, parentId: string): Promise<void> {
	const tree = await departmentTree(client);
	if (!tree.isWithin(parentId, id)) return;
	throw new ServiceError({
		message: `“${tree.path(id)}” cannot be moved to “${tree.path(parentId)}”, which is itself or lies below it`,
		remedy: 'Choose a department outside it as the new parent.',
		field: 'New Parent',
		outcome: 'notSent',
	});
}
