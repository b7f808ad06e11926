import { resource } from '../../../core/node/operation';
import { get } from './get.operation';
import { update } from './update.operation';

export const server = resource({
	name: 'Server',
	value: 'server',
	description: 'The server that the token belongs to, and its settings',
	operations: [get, update],
});
