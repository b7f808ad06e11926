import { resource } from '../../../core/node/operation';
import { addMembers, removeMembers } from './many.operations';
import { create, get, getAll, getMembers, remove, rename } from './operations';

export const tag = resource({
	name: 'Tag',
	value: 'tag',
	description: 'The tags of an audience, and who has them',
	operations: [addMembers, removeMembers, getAll, getMembers, get, create, rename, remove],
});
