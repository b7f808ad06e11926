import { composeMail, whenRead } from '../../../core/mail/compose';
import { mailFields } from '../../../core/mail/fields';
import { batched } from '../../../core/node/operation';
import { toPostmark, type PostmarkMessage } from './wireMessage';
import { BATCH, sendBatch } from './batch';
import { readExtras } from './extras';
import { once } from './once';
import { onceFields } from './onceFields';
import { sendOptions } from './options';

/** https://postmarkapp.com/developer/api/email-api#send-batch-emails */
export const send = batched<PostmarkMessage>({
	name: 'Send',
	value: 'send',
	action: 'Send an email',
	description: 'Send one email for each item, up to 500 in one request',
	fields: [...mailFields, ...onceFields, sendOptions],
	read: (item, feedback) =>
		whenRead(composeMail(item, feedback), (mail) => toPostmark(mail, readExtras(item))),
	chunk: BATCH,
	call: async (messages, client, feedback) => await sendBatch('/email/batch', messages, client, feedback),
	idempotency: once,
});
