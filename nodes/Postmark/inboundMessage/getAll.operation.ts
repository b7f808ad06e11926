import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { filtersOf, fromDateFilter, queryOf, tagFilter, toDateFilter } from '../filters';
import { REACH_HELP, search, type Search } from '../search';

const found: Search = { path: '/messages/inbound', rows: 'InboundMessages', what: 'received emails' };

/** https://postmarkapp.com/developer/api/messages-api#inbound-message-search */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many received messages',
	description: 'Search the emails that Postmark received for this server, newest first',
	fields: [
		...limitFields,
		filtersOf(
			[
				fromDateFilter,
				{
					displayName: 'Mailbox Hash',
					name: 'mailboxHash',
					type: 'string',
					default: '',
					placeholder: 'e.g. ticket-4711',
					description: 'Only emails whose address had this after the plus sign: hash+ticket-4711@…',
				},
				{
					displayName: 'Recipient',
					name: 'recipient',
					type: 'string',
					default: '',
					placeholder: 'e.g. support@example.com',
					description: 'Only emails that were sent to this address',
				},
				{
					displayName: 'Sender',
					name: 'fromEmail',
					type: 'string',
					default: '',
					placeholder: 'e.g. ana@example.com',
					description: 'Only emails from this address',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Blocked', value: 'blocked', description: 'Held back by an inbound rule or as spam' },
						{ name: 'Failed', value: 'failed', description: 'The webhook did not take it' },
						{ name: 'Processed', value: 'processed', description: 'Handed over' },
						{ name: 'Queued', value: 'queued', description: 'Waiting to be handed over' },
						{ name: 'Scheduled', value: 'scheduled', description: 'Will be tried again' },
						{ name: 'Sent', value: 'sent', description: 'Handed to the webhook' },
					],
					default: 'failed',
					description: 'Only emails in this state',
				},
				{
					displayName: 'Subject',
					name: 'subject',
					type: 'string',
					default: '',
					placeholder: 'e.g. Application',
					description: 'Only emails with these words in the subject line',
				},
				{ ...tagFilter, description: 'Only emails with exactly this tag' },
				toDateFilter,
			],
			`Only emails that match all of these. ${REACH_HELP}`,
		),
	],
	read: (item) => ({ limit: item.limit(), query: queryOf(item.collection('filters'), NAMES) }),
	call: ({ limit, query }, client) => search(client, found, query, limit),
});

const NAMES = {
	recipient: 'recipient',
	fromEmail: 'fromemail',
	subject: 'subject',
	mailboxHash: 'mailboxhash',
	tag: 'tag',
	status: 'status',
};
