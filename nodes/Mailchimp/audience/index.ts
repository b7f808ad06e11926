import { resource } from '../../../core/node/operation';
import { get, getAll } from './operations';

export const audience = resource({
	name: 'Audience',
	value: 'audience',
	description: 'Audiences, which Mailchimp’s API calls lists',
	operations: [getAll, get],
});
