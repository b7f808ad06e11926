import { batched } from '../../../core/node/operation';
import { tellRoad } from '../road';
import { chunk, readTagging, taggingFields, tagMany, type Tagging } from './many';

export const addMembers = batched<Tagging>({
	name: 'Add to Members',
	value: 'addMembers',
	action: 'Add a tag to members',
	description: 'Put a tag on contacts of an audience, up to 500 in one request',
	fields: taggingFields,
	read: readTagging,
	chunk,
	call: async (addresses, client) => await tagMany(addresses, client, 'members_to_add'),
	conclude: tellRoad,
});

export const removeMembers = batched<Tagging>({
	name: 'Remove From Members',
	value: 'removeMembers',
	action: 'Remove a tag from members',
	description: 'Take a tag off contacts, up to 500 in one request',
	fields: taggingFields,
	read: readTagging,
	chunk,
	call: async (addresses, client) => await tagMany(addresses, client, 'members_to_remove'),
	conclude: tellRoad,
});
