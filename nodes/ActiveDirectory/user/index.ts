import { resource } from '../../../core/node/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { verifyPassword } from './verifyPassword.operation';

export const user = resource({
	name: 'User',
	value: 'user',
	description: 'People and their accounts',
	operations: [getAll, get, verifyPassword],
});
