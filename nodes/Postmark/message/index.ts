import { resource } from '../../../core/node/operation';
import { getClicks, getOpens } from './events.operations';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getDump } from './getDump.operation';

export const message = resource({
	name: 'Message',
	value: 'message',
	description: 'Emails that were sent, and what became of them',
	operations: [getAll, get, getOpens, getClicks, getDump],
});
