import { resource } from '../../../core/node/operation';
import { add } from './add.operation';
import { get, getAll, remove, unsubscribe } from './many.operations';

export const contact = resource({
	name: 'Contact',
	value: 'contact',
	description: 'People in mailing lists',
	operations: [add, getAll, get, unsubscribe, remove],
});
