import { resource } from '../../../core/node/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';
import { validate } from './validate.operation';

export const template = resource({
	name: 'Template',
	value: 'template',
	operations: [getAll, get, create, update, validate, remove],
});
