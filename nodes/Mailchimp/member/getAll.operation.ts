import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { chosenFields, chosenFieldsOption } from '../chosenFields';
import { listOf } from '../connection';
import { filtersOf, queryOf, timeFilter, timesOf } from '../filters';
import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { STATUSES } from './fields';

/** A contact can also be found that no operation makes so: an archived one. */
const ANY_STATUS = [
	{ name: 'Archived', value: 'archived' },
	...STATUSES.map(({ name, value }) => ({ name, value })),
];

const members = listOf('members');

/** https://mailchimp.com/developer/marketing/api/list-members/list-members-info/: up to 1,000 in one request. */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many members',
	description: 'Get the contacts of an audience, 1,000 in one request',
	fields: [
		audienceLocator,
		...limitFields,
		filtersOf([
			timeFilter('Changed After', 'changedAfter', 'Only contacts that changed after this time'),
			timeFilter('Changed Before', 'changedBefore', 'Only contacts that did not change since this time'),
			timeFilter('Confirmed After', 'confirmedAfter', 'Only contacts that confirmed after this time'),
			timeFilter('Confirmed Before', 'confirmedBefore', 'Only contacts that confirmed before this time'),
			{
				displayName: 'Email Type',
				name: 'emailType',
				type: 'options',
				options: [
					{ name: 'HTML', value: 'html' },
					{ name: 'Plain Text', value: 'text' },
				],
				default: 'html',
				description: 'Only contacts that want emails like this',
			},
			{
				displayName: 'Interest Category ID',
				name: 'category',
				type: 'string',
				default: '',
				placeholder: 'e.g. a1b2c3d4e5',
				description:
					'The category of the interests below; Mailchimp wants all three of these filters together',
			},
			{
				displayName: 'Interest Names or IDs',
				name: 'interests',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getInterests', loadOptionsDependsOn: ['audience.value'] },
				default: [],
				description:
					'Only contacts with these interests. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Interests Match',
				name: 'interestMatch',
				type: 'options',
				options: [
					{ name: 'All of Them', value: 'all' },
					{ name: 'Any of Them', value: 'any' },
					{ name: 'None of Them', value: 'none' },
				],
				default: 'any',
				description: 'How many of the interests a contact must have',
			},
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'Confirmation', value: 'timestamp_opt' },
					{ name: 'Last Change', value: 'last_changed' },
					{ name: 'Signup', value: 'timestamp_signup' },
				],
				default: 'last_changed',
				description: 'The time that the contacts are sorted by',
			},
			{
				displayName: 'Sort Direction',
				name: 'sortDirection',
				type: 'options',
				options: [
					{ name: 'Newest First', value: 'DESC' },
					{ name: 'Oldest First', value: 'ASC' },
				],
				default: 'DESC',
				description: 'Which comes first; needs Sort By',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: ANY_STATUS,
				default: 'subscribed',
				description: 'Only contacts with this status. Without it: all that are not archived.',
			},
			timeFilter(
				'Unsubscribed After',
				'unsubscribedAfter',
				'Only contacts that unsubscribed after this time, whatever the status filter says',
			),
			{
				displayName: 'VIPs Only',
				name: 'vipOnly',
				type: 'boolean',
				default: true,
				description: 'Whether to get only VIPs',
			},
		]),
		chosenFieldsOption,
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			audience: audienceId(item),
			limit: item.limit(),
			query: {
				...queryOf(filters, NAMES),
				...timesOf(filters, TIMES),
				...chosenFields(item, 'members'),
			},
		};
	},
	call: ({ audience, limit, query }, client) =>
		client.pages(path`/lists/${audience}/members`, members, query, limit),
});

const NAMES = {
	emailType: 'email_type',
	category: 'interest_category_id',
	interests: 'interest_ids',
	interestMatch: 'interest_match',
	sortBy: 'sort_field',
	sortDirection: 'sort_dir',
	status: 'status',
	vipOnly: 'vip_only',
};
const TIMES = {
	changedAfter: 'since_last_changed',
	changedBefore: 'before_last_changed',
	confirmedAfter: 'since_timestamp_opt',
	confirmedBefore: 'before_timestamp_opt',
	unsubscribedAfter: 'unsubscribed_since',
};
