import { resource } from '../../../core/node/operation';
import { bypass, retry } from './again.operations';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const inboundMessage = resource({
	name: 'Inbound Message',
	value: 'inboundMessage',
	description: 'Emails that Postmark received for the server',
	operations: [getAll, get, bypass, retry],
});
