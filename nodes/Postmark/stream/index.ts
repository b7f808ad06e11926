import { resource } from '../../../core/node/operation';
import { archive, unarchive } from './archive.operations';
import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const stream = resource({
	name: 'Message Stream',
	value: 'stream',
	description: 'Channels that keep different kinds of email apart',
	operations: [getAll, get, create, update, archive, unarchive],
});
