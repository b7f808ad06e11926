import { resource } from '../../../core/node/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { move } from './move.operation';
import { forceChange, setPassword } from './password.operations';
import { disable, enable, unlock } from './status.operations';
import { sync } from './sync/sync.operation';
import { update } from './update.operation';
import { verifyPassword } from './verifyPassword.operation';

export const user = resource({
	name: 'User',
	value: 'user',
	description: 'People and their accounts',
	operations: [
		...[sync, getAll, get, verifyPassword, create, update, disable, enable, unlock],
		...[setPassword, forceChange, move, remove],
	],
});
