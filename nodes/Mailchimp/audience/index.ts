import { resource } from '../../../core/node/operation';
import { get, getActivity, getAll } from './operations';
import { sync } from './sync/sync.operation';
import { create, remove, update } from './write.operations';

export const audience = resource({
	name: 'Audience',
	value: 'audience',
	description: 'Audiences, which Mailchimp’s API calls lists',
	operations: [sync, getAll, get, getActivity, create, update, remove],
});
