import { resource } from '../../../core/node/operation';
import { getBulk } from './getBulk.operation';
import { send } from './send.operation';
import { sendAndWait } from './sendAndWait.operation';
import { sendBulk } from './sendBulk.operation';
import { sendWithTemplate } from './sendWithTemplate.operation';

export const email = resource({
	name: 'Email',
	value: 'email',
	operations: [send, sendWithTemplate, sendAndWait, sendBulk, getBulk],
});
