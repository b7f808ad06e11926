import { ServiceError } from '../../../../core/errors';
import { fromTop } from '../../department/path';
import type { DepartmentTree } from '../../department/tree';

/** What a department column means, as a path or as an id. */
export function departmentResolver(
	tree: DepartmentTree,
	as: string,
	mayCreate: boolean,
): {
	id(value: string): Promise<string>;
	shown(value: string): string;
	fault(value: string): string | undefined;
} {
	if (as === 'id')
		return {
			id: async (value) => tree.memberId(tree.find(value)?.id ?? value),
			shown: (value) => (tree.get(value) === undefined ? value : tree.path(value)),
			fault: (value) => (tree.find(value) === undefined ? 'is not the ID of a department' : undefined),
		};
	return {
		id: async (value) => (await tree.ensure(value)).id,
		shown: fromTop,
		fault: (value) => {
			try {
				return tree.find(value) === undefined && !mayCreate ? 'is not a department' : undefined;
			} catch (error) {
				return error instanceof ServiceError ? 'is not a department path' : String(error);
			}
		},
	};
}
