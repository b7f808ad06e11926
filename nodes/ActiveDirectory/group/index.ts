import { resource } from '../../../core/node/operation';
import { create, remove } from './manage.operations';
import { addMember, removeMember } from './members.operations';
import { getAll, getMembers } from './read.operations';

export const group = resource({
	name: 'Group',
	value: 'group',
	description: 'Groups, and who is in them',
	operations: [getAll, getMembers, addMember, removeMember, create, remove],
});
