import { resource } from '../../../core/node/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { getAll } from './getAll.operation';

export const suppression = resource({
	name: 'Suppression',
	value: 'suppression',
	description: 'Addresses that a message stream no longer sends to',
	operations: [getAll, create, remove],
});
