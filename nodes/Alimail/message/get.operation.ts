import { perItem } from '../../../core/node/operation';
import { getMessage, WHOLE } from '../mail/messages';
import { readTarget, targetFields } from './target';

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Get one message with its body and header lines',
	fields: targetFields,
	read: readTarget,
	call: async ({ mailbox, id }, client) => await getMessage(client, mailbox, id, WHOLE),
});
