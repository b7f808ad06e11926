import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { signatureLocator } from '../locators';
import { ACCEPTED } from '../connection';

/** https://postmarkapp.com/developer/api/signatures-api#resend-confirmation */
export const resendConfirmation = perItem({
	name: 'Resend Confirmation',
	value: 'resendConfirmation',
	action: 'Resend the confirmation of a sender signature',
	description: 'Send the email that asks the owner of the address to confirm once more',
	fields: [signatureLocator],
	read: (item) => numericId(item, 'signature'),
	async call(id, client) {
		const answer = await client.send({
			method: 'POST',
			path: path`/senders/${id}/resend`,
			answer: ACCEPTED,
			body: {},
			idempotent: false,
			manualCheck: 'Ask the owner of the address whether the email arrived.',
		});
		return { ID: id, resent: true, ...answer };
	},
});
