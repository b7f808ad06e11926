import { resource } from '../../../core/node/operation';
import { create, get, getAll, remove, update } from './operations';

export const webhook = resource({
	name: 'Webhook',
	value: 'webhook',
	description: 'Calls by which Mailchimp tells other programs what happens in an audience',
	operations: [getAll, get, create, update, remove],
});
