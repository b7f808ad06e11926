import { resource } from '../../../core/node/operation';
import { create, get, getAll, remove, update } from './operations';

export const interest = resource({
	name: 'Interest',
	value: 'interest',
	description: 'What contacts can choose in signup forms',
	operations: [getAll, get, create, update, remove],
});
