import type { FastifyInstance } from 'fastify';
import { conflict, invalid, notFound } from './errors';
import {
	FLAG,
	IDS,
	NAME,
	type Rules,
	TEXT,
	checkManaged,
	knownQuery,
	readBody,
	selected,
	wholeNumber,
} from './fields';
import type { Department } from './records';
import type { Tenant } from './tenant';
import { freeAddress } from './userFields';
import { DEPARTMENT_FIELDS, USER_FIELDS, showDepartment, showUser } from './views';

const WRITE: Rules = {
	name: NAME,
	parentId: TEXT,
	hiddenExcludeUsers: IDS,
	hiddenExcludeDepartments: IDS,
	isHidden: FLAG,
	managers: IDS,
	email: TEXT,
};
/** What a department has of which nothing was said. */
const NOTHING: Partial<Department> = {
	isHidden: false,
	managers: [],
	hiddenExcludeUsers: [],
	hiddenExcludeDepartments: [],
	email: undefined,
};
const PAGE = ['offset', 'limit', 'managed', '$select'];

type WithDepartment = { Params: { department: string } };

/** `/v2/departments`: the paths and bodies of github.com/eryajf/go-alimail, alimail/department.go. */
export function departmentRoutes(app: FastifyInstance, tenant: Tenant): void {
	const find = (which: string): Department => {
		const department = tenant.directory.findDepartment(which);
		if (!department) throw notFound('Department', which);
		return department;
	};

	app.post('/v2/departments', async (request) => {
		knownQuery(request.query, []);
		const body = readBody(request.body, WRITE, ['name', 'parentId']);
		const changes = changesOf(body, tenant);
		const department = tenant.directory.addDepartment({
			...(changes as Partial<Department> & { name: string }),
			createdTime: tenant.clock.stamp(),
		});
		return showDepartment(department, tenant.directory);
	});

	// As for users: the method is in doubt, so GET with a JSON body and POST both work.
	app.route({
		method: ['GET', 'POST'],
		url: '/v2/departments/listByIds',
		config: { reads: true },
		handler: async (request) => {
			knownQuery(request.query, []);
			const { ids } = readBody(request.body, { ids: IDS }, ['ids']) as { ids: string[] };
			const found = ids.map((id) => tenant.directory.findDepartment(id)).filter((one) => one !== undefined);
			return { departments: found.map((one) => showDepartment(one, tenant.directory)) };
		},
	});

	app.get<WithDepartment>('/v2/departments/:department', async (request) => {
		const fields = selected(knownQuery(request.query, ['$select']), DEPARTMENT_FIELDS);
		return showDepartment(find(request.params.department), tenant.directory, fields);
	});

	app.get<WithDepartment>('/v2/departments/:department/departments', async (request) => {
		const { directory } = tenant;
		const ids = [...directory.children.of(find(request.params.department).id)];
		const { page, query } = cut(ids, request.query);
		const fields = selected(query, DEPARTMENT_FIELDS);
		const departments = page.flatMap((id) => directory.departments.get(id) ?? []);
		return {
			departments: departments.map((one) => showDepartment(one, directory, fields)),
			total: ids.length,
		};
	});

	app.get<WithDepartment>('/v2/departments/:department/users', async (request) => {
		const { directory } = tenant;
		const ids = [...directory.members.of(find(request.params.department).id)];
		const { page, query } = cut(ids, request.query);
		const fields = selected(query, USER_FIELDS);
		const users = page.flatMap((id) => directory.users.get(id) ?? []);
		return { users: users.map((user) => showUser(user, directory, fields)), total: ids.length };
	});

	app.patch<WithDepartment>('/v2/departments/:department', async (request, reply) => {
		knownQuery(request.query, []);
		const department = find(request.params.department);
		const { settings } = tenant;
		const body = readBody(request.body, WRITE, settings.partialDepartmentUpdates ? [] : ['name', 'parentId']);
		const changes = changesOf(body, tenant, department);
		tenant.directory.updateDepartment(
			department,
			settings.partialDepartmentUpdates
				? changes
				: { ...NOTHING, ...(body.email ? { email: department.email } : {}), ...changes },
		);
		return await reply.send();
	});

	app.delete<WithDepartment>('/v2/departments/:department', async (request, reply) => {
		knownQuery(request.query, []);
		const department = find(request.params.department);
		const { directory } = tenant;
		if (department === directory.root) throw invalid('The root department cannot be deleted.');
		// What the service does with a department that is not empty is not documented; refusing is the careful reading.
		if (directory.members.of(department.id).size > 0 || directory.children.of(department.id).size > 0) {
			throw conflict(
				'DepartmentNotEmpty',
				`The department "${department.name}" still has accounts or sub-departments.`,
				'departmentId',
			);
		}
		directory.deleteDepartment(department);
		return await reply.send();
	});
}

function cut(ids: string[], rawQuery: unknown) {
	const query = knownQuery(rawQuery, PAGE);
	checkManaged(query);
	const offset = wholeNumber(query, 'offset', 0, 0, 999_999_999);
	const limit = wholeNumber(query, 'limit', 100, 1, 100);
	return { page: ids.slice(offset, offset + limit), query };
}

/** The changes that a checked body means, for a new department or an existing one. @throws 400 */
function changesOf(
	body: Record<string, unknown>,
	tenant: Tenant,
	department?: Department,
): Partial<Department> {
	const { directory } = tenant;
	const { parentId, email, ...plain } = body as Partial<Department>;
	const changes: Partial<Department> = plain;
	if (changes.name !== undefined && !changes.name.trim()) throw invalid('"name" must not be empty.', 'name');
	if (parentId !== undefined) changes.parentId = parentFor(parentId, tenant, department);
	checkName(changes, tenant, department);
	if (email === '') changes.email = undefined;
	else if (email !== undefined && email.toLowerCase() !== department?.email) {
		changes.email = freeAddress(email, 'email', directory);
	}
	for (const field of ['managers', 'hiddenExcludeUsers'] as const) {
		const unknown = changes[field]?.find((id) => !directory.users.has(id));
		if (unknown !== undefined) throw invalid(`There is no user "${unknown}" for "${field}".`, field);
	}
	const unknown = changes.hiddenExcludeDepartments?.find((id) => !directory.departments.has(id));
	if (unknown !== undefined) {
		throw invalid(
			`There is no department "${unknown}" for "hiddenExcludeDepartments".`,
			'hiddenExcludeDepartments',
		);
	}
	return changes;
}

function parentFor(parentId: string, { directory }: Tenant, department?: Department): string {
	const parent = directory.findDepartment(parentId);
	if (!parent) throw invalid(`The parent department "${parentId}" does not exist.`, 'parentId');
	if (!department) return parent.id;
	if (department === directory.root) throw invalid('The root department cannot be moved.', 'parentId');
	for (
		let above: Department | undefined = parent;
		above;
		above = directory.departments.get(above.parentId ?? '')
	) {
		if (above === department) {
			throw conflict('DepartmentCycle', 'A department cannot be moved below itself.', 'parentId');
		}
	}
	return parent.id;
}

function checkName(
	changes: Partial<Department>,
	{ directory, settings }: Tenant,
	department?: Department,
): void {
	const name = changes.name ?? department?.name;
	const parentId = changes.parentId ?? department?.parentId;
	if (!settings.uniqueDepartmentNames || name === undefined || parentId === undefined) return;
	const other = directory.childNamed(parentId, name);
	if (other && other !== department) {
		throw conflict(
			'DepartmentNameExists',
			`There is already a department "${name}" under this parent.`,
			'name',
		);
	}
}
