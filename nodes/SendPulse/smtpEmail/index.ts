import { resource } from '../../../core/node/operation';
import { get, getAll } from './get.operations';
import { send } from './send.operation';

export const smtpEmail = resource({
	name: 'SMTP Email',
	value: 'smtpEmail',
	description: 'Single emails, such as confirmations and notices',
	operations: [send, getAll, get],
});
