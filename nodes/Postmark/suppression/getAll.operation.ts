import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { filtersOf, fromDayFilter, queryOf, toDayFilter } from '../filters';
import { sendingStreamLocator } from '../locators';

/** https://postmarkapp.com/developer/api/suppressions-api#suppression-dump: the whole list in one answer. */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many suppressed addresses',
	description: 'Get the addresses that a message stream no longer sends to, and why',
	fields: [
		sendingStreamLocator,
		...limitFields,
		filtersOf(
			[
				{
					displayName: 'Email Address',
					name: 'emailAddress',
					type: 'string',
					default: '',
					placeholder: 'e.g. ana@example.com',
					description: 'Only this address, to see whether it is suppressed',
				},
				{ ...fromDayFilter, description: 'Only addresses suppressed on this day or later' },
				{
					displayName: 'Origin',
					name: 'origin',
					type: 'options',
					options: [
						{ name: 'Customer', value: 'Customer', description: 'By you, in Postmark or with its API' },
						{ name: 'Postmark', value: 'Admin', description: 'By the people of Postmark' },
						{
							name: 'Recipient',
							value: 'Recipient',
							description: 'By a bounce, a complaint or an unsubscribe',
						},
					],
					default: 'Recipient',
					description: 'Who caused it',
				},
				{
					displayName: 'Reason',
					name: 'reason',
					type: 'options',
					options: [
						{ name: 'Hard Bounce', value: 'HardBounce', description: 'The address does not exist' },
						{ name: 'Spam Complaint', value: 'SpamComplaint', description: 'An email was reported as spam' },
						{
							name: 'Unsubscribed or Manual',
							value: 'ManualSuppression',
							description: 'The recipient unsubscribed, or somebody suppressed the address',
						},
					],
					default: 'HardBounce',
					description: 'Why it is suppressed',
				},
				{ ...toDayFilter, description: 'Only addresses suppressed on this day or before' },
			],
			'Only addresses that match all of these',
		),
	],
	read: (item) => ({
		stream: item.resourceId('stream'),
		limit: item.limit(),
		query: queryOf(item.collection('filters'), NAMES, 'days'),
	}),
	async call({ stream, limit, query }, client) {
		const { Suppressions = [] } = await client.get<{ Suppressions?: IDataObject[] }>(
			path`/message-streams/${stream}/suppressions/dump`,
			query,
		);
		return Suppressions.slice(0, limit).map((row) => ({ ...row, MessageStream: stream }));
	},
});

const NAMES = { reason: 'SuppressionReason', origin: 'Origin', emailAddress: 'EmailAddress' };
