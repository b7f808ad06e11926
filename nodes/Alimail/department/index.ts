import { resource } from '../../../core/node/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { ensurePath } from './ensurePath.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const department = resource({
	name: 'Department',
	value: 'department',
	operations: [getAll, get, create, ensurePath, update, remove],
});
