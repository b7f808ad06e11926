import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { inboundIdField, readInboundId } from './fields';
import { ACCEPTED } from '../connection';

const WHAT_TO_CHECK = 'Look at the inbound activity of the Postmark server what became of the email.';

/** https://postmarkapp.com/developer/api/messages-api#bypass-rules-for-blocked-inbound-message */
export const bypass = perItem({
	name: 'Bypass Rules',
	value: 'bypass',
	action: 'Let a blocked received message through',
	description: 'Hand over an email that an inbound rule or the spam filter held back',
	fields: [inboundIdField],
	read: readInboundId,
	async call(id, client) {
		const answer = await client.send({
			method: 'PUT',
			path: path`/messages/inbound/${id}/bypass`,
			answer: ACCEPTED,
			idempotent: false,
			manualCheck: WHAT_TO_CHECK,
		});
		return { MessageID: id, bypassed: true, ...answer };
	},
});

/** https://postmarkapp.com/developer/api/messages-api#retry-failed-inbound-message */
export const retry = perItem({
	name: 'Retry',
	value: 'retry',
	action: 'Hand over a received message again',
	description: 'Send an email to the inbound webhook again, after the webhook had failed to take it',
	fields: [inboundIdField],
	read: readInboundId,
	async call(id, client) {
		const answer = await client.send({
			method: 'PUT',
			path: path`/messages/inbound/${id}/retry`,
			answer: ACCEPTED,
			idempotent: false,
			manualCheck: WHAT_TO_CHECK,
		});
		return { MessageID: id, retried: true, ...answer };
	},
});
