import { resource } from '../../../core/node/operation';
import { send } from './send.operation';
import { sendWithTemplate } from './sendWithTemplate.operation';

export const email = resource({
	name: 'Email',
	value: 'email',
	operations: [sendWithTemplate, send],
});
