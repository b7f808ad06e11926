import { resource } from '../../../core/node/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { markRead, move, remove } from './many.operations';
import { send } from './send.operation';

export const message = resource({
	name: 'Message',
	value: 'message',
	description: 'Mail of any mailbox that the app may open',
	operations: [send, getAll, get, markRead, move, remove],
});
