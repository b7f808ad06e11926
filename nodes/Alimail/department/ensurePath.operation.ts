import { perItem } from '../../../core/node/operation';
import { joinPath, splitPath } from './path';
import { departmentTree } from './tree';

export const ensurePath = perItem({
	name: 'Ensure Path',
	value: 'ensurePath',
	action: 'Ensure a department path',
	description: 'Find the department at a path, and create what is missing of it, parents first',
	fields: [
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. R&D/Platform/Core',
			description:
				'Department names from the top down, with slashes between them. A slash that belongs to a name is written \\/.',
		},
	],
	read: (item) => joinPath(splitPath(item.requiredText('path'), item.label('path'))),
	async call(path, client) {
		const { id, created } = await (await departmentTree(client)).ensure(path);
		return { id, path, created };
	},
});
