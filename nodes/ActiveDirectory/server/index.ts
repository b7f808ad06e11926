import { resource } from '../../../core/node/operation';
import { getInfo, testConnection } from './operations';

export const server = resource({
	name: 'Directory',
	value: 'directory',
	description: 'The server itself',
	operations: [testConnection, getInfo],
});
