import { perItem } from '../../../core/node/operation';

/** https://postmarkapp.com/developer/api/bounce-api#delivery-stats */
export const getStats = perItem({
	name: 'Get Delivery Stats',
	value: 'getStats',
	action: 'Get bounce counts by type',
	description: 'Get how many bounces of each type the server has, and how many addresses are inactive',
	fields: [],
	read: () => ({}),
	call: async (_, client) => await client.get('/deliverystats'),
});
