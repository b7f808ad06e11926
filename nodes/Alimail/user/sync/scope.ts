import type { Client } from '../../../../core/http/client';
import type { ParameterReader } from '../../../../core/node/parameters/reader';
import { departmentId, memberDepartmentId } from '../../department/tree';

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
