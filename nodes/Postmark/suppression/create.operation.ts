import { batched } from '../../../core/node/operation';
import { change, chunk, entryFields, readEntry, type Entry } from './model';

/** https://postmarkapp.com/developer/api/suppressions-api#create-a-suppression */
export const create = batched<Entry>({
	name: 'Create',
	value: 'create',
	action: 'Suppress addresses',
	description: 'Stop a message stream from sending to addresses, many in one request',
	fields: entryFields,
	read: readEntry,
	chunk,
	async call(entries, client) {
		return await change(entries, client, {
			to: 'suppressions',
			refusal: (address) => ({
				message: `Postmark did not suppress “${address}”`,
				remedy: 'Check the address.',
				field: 'Email Address',
			}),
		});
	},
});
