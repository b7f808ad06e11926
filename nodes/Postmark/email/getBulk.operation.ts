import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { bulkNotEnabled, isNotEnabled } from './bulkEnabled';

/** https://postmarkapp.com/developer/api/bulk-email */
export const getBulk = perItem({
	name: 'Get Bulk Status',
	value: 'getBulk',
	action: 'Get the status of a bulk email',
	description: 'See how far Postmark has got with sending a bulk email',
	// There is nothing to ask about where nothing is sent in bulk.
	asTool: false,
	fields: [
		{
			displayName: 'Bulk Email ID',
			name: 'bulkId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. f24af63c-533d-4b7a-ad65-4a7b3202d3a7',
			description: 'What Send Bulk gave back to follow the sending with',
		},
	],
	read: (item) => item.requiredText('bulkId'),
	async call(id, client) {
		try {
			return await client.get(path`/email/bulk/${id}`);
		} catch (error) {
			if (!isNotEnabled(error)) throw error;
			if (error.facts.status !== 404) throw bulkNotEnabled(error);
			throw error.with({
				message: 'Postmark knows no bulk email with this ID',
				remedy:
					'Use the “Id” that Send Bulk gave back, with the token of the same server. If bulk email is not enabled for the account, ask Postmark’s support.',
				field: 'Bulk Email ID',
			});
		}
	},
});
