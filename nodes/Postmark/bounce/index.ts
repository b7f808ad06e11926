import { resource } from '../../../core/node/operation';
import { activate } from './activate.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getDump } from './getDump.operation';
import { getStats } from './getStats.operation';

export const bounce = resource({
	name: 'Bounce',
	value: 'bounce',
	description: 'Emails that came back, and addresses that are no longer sent to',
	operations: [getAll, get, getStats, activate, getDump],
});
