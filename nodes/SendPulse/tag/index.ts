import { resource } from '../../../core/node/operation';
import { addToContact, create, getAll, remove, removeFromContact, update } from './operations';

export const tag = resource({
	name: 'Tag',
	value: 'tag',
	description: 'Marks on contacts, across all lists',
	operations: [addToContact, removeFromContact, getAll, create, update, remove],
});
