import { resource } from '../../../core/node/operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const webhook = resource({
	name: 'Webhook',
	value: 'webhook',
	description: 'URLs that Postmark tells of deliveries, bounces, opens and clicks',
	operations: [getAll, get, create, update, remove],
});
