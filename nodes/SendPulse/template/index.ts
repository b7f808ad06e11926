import { resource } from '../../../core/node/operation';
import { create, get, getAll, update } from './operations';

export const template = resource({
	name: 'Template',
	value: 'template',
	description: 'Words that emails and campaigns are made from',
	operations: [getAll, get, create, update],
});
