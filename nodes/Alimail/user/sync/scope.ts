import type { Client } from '../../../../core/http/client';
import type { ParameterReader } from '../../../../core/node/parameters/reader';
import type { Fields } from '../../../../core/sync';
import { departmentId, memberDepartmentId, type DepartmentTree } from '../../department/tree';

/** Which accounts a sync looks after, and where new ones go. */
export interface Scope {
	departmentId?: string;
	domain?: string;
	/** `all`, or only accounts of this type. */
	employeeType: string;
	/** For new accounts whose row names no department. */
	defaultDepartmentId?: string;
}

export async function readScope(
	scope: ParameterReader,
	options: ParameterReader,
	client: Client,
): Promise<Scope> {
	const employeeType = scope.option('employeeType');
	const domain = scope.text('domain').toLowerCase().replace(/^@/, '');
	const chosen = async (reader: ParameterReader, name: string, idOf: typeof departmentId) =>
		reader.has(name) ? await idOf(client, reader.resourceLocator(name), reader.label(name)) : undefined;
	const inside = await chosen(scope, 'department', departmentId);
	const forNew =
		(await chosen(options, 'defaultDepartment', memberDepartmentId)) ??
		(await chosen(scope, 'department', memberDepartmentId));
	return {
		employeeType,
		...(domain === '' ? {} : { domain }),
		...(inside === undefined ? {} : { departmentId: inside }),
		...(forNew === undefined ? {} : { defaultDepartmentId: forNew }),
	};
}

/** Why a new account would be outside the scope; undefined when it would be inside. */
export function outsideOf(
	{ domain, departmentId: inside, defaultDepartmentId }: Scope,
	tree: DepartmentTree,
): (fields: Fields) => string | undefined {
	return ({ email, department }) => {
		if (domain !== undefined && !String(email).toLowerCase().endsWith(`@${domain}`))
			return `its address is not in ${domain}`;
		if (inside === undefined) return undefined;
		const isNamed = typeof department === 'string' && department !== '';
		const at = isNamed ? tree.nearest(department) : (defaultDepartmentId ?? inside);
		if (tree.isWithin(at, inside)) return undefined;
		const where = isNamed ? department : tree.path(at);
		return `its department (${where}) is not ${tree.path(inside)} nor below it`;
	};
}
