import { resource } from '../../../core/node/operation';
import { get, getAll } from './operations';
import { sync } from './sync/sync.operation';

export const audience = resource({
	name: 'Audience',
	value: 'audience',
	description: 'Audiences, which Mailchimp’s API calls lists',
	operations: [sync, getAll, get],
});
