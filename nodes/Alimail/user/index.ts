import { resource } from '../../../core/node/operation';
import { addAlias, removeAlias } from './alias.operations';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { resetPassword } from './resetPassword.operation';
import { freeze, remove, unfreeze } from './status.operations';
import { sync } from './sync/sync.operation';
import { update } from './update.operation';

export const user = resource({
	name: 'User',
	value: 'user',
	operations: [
		sync,
		getAll,
		get,
		create,
		update,
		freeze,
		unfreeze,
		resetPassword,
		addAlias,
		removeAlias,
		remove,
	],
});
