import { batched, done } from '../../../core/node/operation';
import { compose, messageFields, sendOptions, type Outgoing } from './compose';
import { deliver } from './deliver';
import { once } from './once';
import { onceFields } from './onceFields';

/** With its files in base64; the most that Alimail takes is not documented. */
const MAX_BYTES = 64 * 1024 * 1024;

export const send = batched<Outgoing>({
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description: 'Send one message for each item from a mailbox of your organization, with files',
	fields: [...messageFields, ...onceFields, sendOptions],
	read: compose,
	chunk: { items: 1, bytes: MAX_BYTES },
	async call(chunk, client) {
		const [outgoing] = JSON.parse(chunk.json().toString()) as [Outgoing];
		return [done(await deliver(outgoing, client, chunk.beforeSending))];
	},
	idempotency: once,
});
