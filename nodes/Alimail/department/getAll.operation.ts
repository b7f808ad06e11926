import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { departmentLocator } from './fields';
import { childrenOf, departmentId, DepartmentTree } from './tree';

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many departments',
	description: 'List the departments below one, or the whole tree with paths',
	fields: [
		{
			...departmentLocator,
			displayName: 'Below',
			name: 'below',
			default: { mode: 'id', value: '$root' },
			description: 'Where to start; $root is the top of the organization',
		},
		{
			displayName: 'Whole Tree',
			name: 'wholeTree',
			type: 'boolean',
			default: true,
			description: 'Whether to list the departments of all levels, and not only those directly below',
		},
		...limitFields,
	],
	read: (item) => ({
		below: item.resourceLocator('below'),
		wholeTree: item.boolean('wholeTree'),
		limit: item.limit(),
	}),
	async *call({ below, wholeTree, limit }, client) {
		const id = await departmentId(client, below, 'Below');
		let left = limit;
		if (wholeTree) {
			const tree = await DepartmentTree.read(client, id);
			for (const department of tree.all())
				if (left-- > 0) yield { ...department, path: tree.path(department.id) };
		} else
			for await (const department of childrenOf(client, id)) {
				if (left-- <= 0) return;
				yield { ...department };
			}
	},
});
