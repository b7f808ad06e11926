import { isAddress } from './addresses';
import type { DataRemoval } from './state';
import type { PostmarkTable } from './table';

const address = {
	type: 'string',
	required: true,
	check: (text: string) => (isAddress(text) ? undefined : 'is not a valid email address'),
} as const;

/**
 * `/data-removals` (postmarkapp.com/developer/api/data-removal-api). It takes days at the service; here a request is Pending
 * when it is made and Done when it is asked for. Stored messages stay, so that they can be looked at.
 */
export const dataRemovals: PostmarkTable<DataRemoval> = {
	path: '/data-removals',
	id: { parameter: 'id', field: 'ID', next: ({ state }) => state.newId() },
	by: 'account',
	noun: 'data removal request',
	rows: '',
	codes: { invalid: 300 },
	records: ({ state }) => state.dataRemovals,
	verbs: ['create', 'get'],
	fields: {
		RequestedBy: address,
		RequestedFor: address,
		NotifyWhenCompleted: { type: 'boolean', required: true },
	},
	make: ({ ID, RequestedBy, RequestedFor }) => ({
		ID: Number(ID),
		Status: 'Pending',
		RequestedBy: String(RequestedBy),
		RequestedFor: String(RequestedFor),
	}),
	show(request) {
		const { ID, Status } = request;
		request.Status = 'Done';
		return { ID, Status };
	},
	examples: {
		create: (n) => ({
			RequestedBy: 'me@example.com',
			RequestedFor: `reader${n}@example.org`,
			NotifyWhenCompleted: true,
		}),
	},
	undescribed: 'newer than the description',
};
