import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import { descriptionField, readSettings, unsubscribeField } from './fields';

/** https://postmarkapp.com/developer/api/message-streams-api#create-a-message-stream */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a message stream',
	description: 'Create a channel of its own for one kind of email; a server can have ten',
	fields: [
		{
			displayName: 'ID',
			name: 'id',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. newsletter',
			description:
				'What sending refers to it by: small letters, digits and hyphens. It can never be changed, and must not begin with “pm-”.',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Newsletter',
			description: 'What people see in Postmark, up to 100 characters',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{
					name: 'Broadcast',
					value: 'Broadcasts',
					description: 'The same email to many, such as a newsletter',
				},
				{ name: 'Inbound', value: 'Inbound', description: 'Receives email; a server has only one' },
				{
					name: 'Transactional',
					value: 'Transactional',
					description: 'An email to one person because of something they did, such as a receipt',
				},
			],
			default: 'Transactional',
			description: 'What kind of email goes through it. It can never be changed.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What may be added and can be left out',
			options: [descriptionField, unsubscribeField],
		},
	],
	read: (item) => ({
		ID: item.requiredText('id'),
		Name: item.requiredText('name'),
		MessageStreamType: item.text('type'),
		...readSettings(item.collection('additionalFields')),
	}),
	call: async (stream, client) =>
		await client.send<IDataObject>({
			method: 'POST',
			path: '/message-streams',
			answer: ['ID'],
			body: stream,
			idempotent: false,
			// IDs are unique, and somebody else may have made one of this ID.
			async reconcile() {
				const { MessageStreams = [] } = await client.get<{ MessageStreams?: Array<{ ID: string }> }>(
					'/message-streams',
					{ MessageStreamType: 'All', IncludeArchivedStreams: true },
				);
				return MessageStreams.some(({ ID }) => ID === stream.ID)
					? ownOrTheirs(await client.get(path`/message-streams/${stream.ID}`), stream, {
							service: 'Postmark',
							what: `the message stream “${stream.ID}”`,
							field: 'ID',
						})
					: undefined;
			},
			manualCheck: `Look in Postmark whether the server has the message stream “${stream.ID}”.`,
		}),
});
