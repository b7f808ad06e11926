import { batched } from '../../../core/node/operation';
import { change, chunk, entryFields, readEntry, type Entry } from './model';

/** https://postmarkapp.com/developer/api/suppressions-api#delete-a-suppression: it takes up to a minute to have effect. */
export const remove = batched<Entry>({
	name: 'Delete',
	value: 'delete',
	action: 'Reactivate suppressed addresses',
	description: 'Let a message stream send to addresses again; it takes up to a minute to have effect',
	fields: entryFields,
	read: readEntry,
	chunk,
	async call(entries, client) {
		const parts = await change(entries, client, {
			to: 'suppressions/delete',
			refusal: (address) => ({
				message: `Postmark did not take “${address}” off the suppression list`,
				remedy:
					'Who reported an email as spam stays on the list for good: only Postmark’s support can take them off, when the person asks for it. Otherwise check the address.',
				field: 'Email Address',
			}),
		});
		return parts.map((part) => ('done' in part ? { done: { deleted: true, ...part.done } } : part));
	},
});
