import { resource } from '../../../core/node/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { getAll } from './getAll.operation';

export const inboundRule = resource({
	name: 'Inbound Rule',
	value: 'inboundRule',
	description: 'Senders and domains that may not reach the server',
	operations: [getAll, create, remove],
});
