import { resource } from '../../../core/node/operation';
import { create, get, getAll, remove, update } from './operations';

export const interestCategory = resource({
	name: 'Interest Category',
	value: 'interestCategory',
	description: 'What groups the interests of an audience',
	operations: [getAll, get, create, update, remove],
});
