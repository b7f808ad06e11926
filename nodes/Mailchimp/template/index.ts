import { resource } from '../../../core/node/operation';
import { create, get, getAll, getSections, remove, update } from './operations';

export const template = resource({
	name: 'Template',
	value: 'template',
	description: 'Templates: HTML with sections that campaigns fill in',
	operations: [getAll, get, getSections, create, update, remove],
});
