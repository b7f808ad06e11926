import { resource } from '../../../core/node/operation';
import { create, get, getAll, getMembers, remove, update } from './operations';

export const segment = resource({
	name: 'Segment',
	value: 'segment',
	description: 'Saved segments: conditions by which contacts are found',
	operations: [getAll, getMembers, get, create, update, remove],
});
