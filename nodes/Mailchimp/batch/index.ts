import { resource } from '../../../core/node/operation';
import { get, getAll, getResults, remove } from './operations';
import { run } from './run.operation';

export const batch = resource({
	name: 'Batch',
	value: 'batch',
	description: 'Many requests in one, which Mailchimp works on by itself',
	operations: [run, getAll, get, getResults, remove],
});
