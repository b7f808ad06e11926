import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { filtersOf } from '../filters';
import { listStreams } from './model';

/** https://postmarkapp.com/developer/api/message-streams-api#list-message-streams: a server has few, in one answer. */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many message streams',
	description: 'Get the message streams of the server',
	fields: [
		...limitFields,
		filtersOf(
			[
				{
					displayName: 'Archived Too',
					name: 'archived',
					type: 'boolean',
					default: true,
					description: 'Whether to include streams that were archived',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Broadcast', value: 'Broadcasts' },
						{ name: 'Inbound', value: 'Inbound' },
						{ name: 'Transactional', value: 'Transactional' },
					],
					default: 'Transactional',
					description: 'Only streams of this type',
				},
			],
			'Which message streams to get',
		),
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: item.limit(),
			type: filters.text('type') || 'All',
			archived: filters.boolean('archived'),
		};
	},
	async call({ limit, type, archived }, client) {
		return (await listStreams(client, type, archived)).slice(0, limit).map((stream) => ({ ...stream }));
	},
});
