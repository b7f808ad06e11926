import { resource } from '../../../core/node/operation';
import { confirm, create, getAll, remove, sendCode } from './operations';

export const sender = resource({
	name: 'Sender',
	value: 'sender',
	description: 'Addresses that emails and campaigns come from',
	operations: [getAll, create, sendCode, confirm, remove],
});
