import { resource } from '../../../core/node/operation';
import { get, getAll } from './get.operations';
import { send } from './send.operation';
import { sendWithTemplate } from './sendWithTemplate.operation';
import { getBounces, getDomains, getIps, getSenders } from './setup.operations';
import { getStatuses } from './statuses.operation';

export const smtpEmail = resource({
	name: 'SMTP Email',
	value: 'smtpEmail',
	description: 'Single emails, such as confirmations and notices',
	operations: [send, sendWithTemplate, getAll, get, getStatuses, getBounces, getSenders, getDomains, getIps],
});
