import { resource } from '../../../core/node/operation';
import { postmarkAccount } from '../connection';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { pushTemplates } from './pushTemplates.operation';
import { update } from './update.operation';

export const accountServer = resource({
	name: 'Account Server',
	value: 'accountServer',
	description: 'All servers of the account; needs the account token',
	operations: [getAll, get, create, update, pushTemplates, remove],
	service: postmarkAccount,
});
