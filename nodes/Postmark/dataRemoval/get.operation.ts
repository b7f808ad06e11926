import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';

/** https://postmarkapp.com/developer/api/data-removal-api#check-a-data-removal-request-status */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get the status of a data removal',
	description: 'Get whether the data of a recipient has been deleted: “Pending” or “Done”',
	fields: [
		{
			displayName: 'Request ID',
			name: 'requestId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1234',
			description: 'The “ID” that Create gave',
		},
	],
	read: (item) => numericId(item, 'requestId'),
	call: async (id, client) => await client.get(path`/data-removals/${id}`),
});
