import { resource } from '../../../core/node/operation';
import { create, get, getAll, remove, update } from './operations';

export const mergeField = resource({
	name: 'Merge Field',
	value: 'mergeField',
	description: 'The fields that contacts of an audience can have',
	operations: [getAll, get, create, update, remove],
});
