import { resource } from '../../../core/node/operation';
import { compare, get, getAll } from './read.operations';
import { create, move, remove, update } from './write.operations';

export const entry = resource({
	name: 'Entry',
	value: 'entry',
	description: 'Computers, organizational units and anything else',
	operations: [getAll, get, compare, create, update, move, remove],
});
