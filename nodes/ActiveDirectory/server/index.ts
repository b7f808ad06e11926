import { resource } from '../../../core/node/operation';
import { changesSinceOperation } from './changesSince.operation';
import { getInfo, testConnection } from './operations';

export const server = resource({
	name: 'Directory',
	value: 'directory',
	description: 'The server itself',
	operations: [changesSinceOperation, testConnection, getInfo],
});
