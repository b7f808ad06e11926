import type { IDataObject } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { filtersOf, queryOf, timeFilter, timesOf } from '../filters';
import { EMAIL_TYPES, STATUSES } from './fields';

/** A contact can also be found that no operation makes so: an archived one. */
const ANY_STATUS = [
	{ name: 'Archived', value: 'archived' },
	...STATUSES.map(({ name, value }) => ({ name, value })),
];

/** All that https://mailchimp.com/developer/marketing/api/list-members/list-members-info/ can be asked for. */
export const memberFilters = filtersOf([
	timeFilter('Changed After', 'changedAfter', 'Only contacts that changed after this time'),
	timeFilter('Changed Before', 'changedBefore', 'Only contacts that did not change since this time'),
	timeFilter('Confirmed After', 'confirmedAfter', 'Only contacts that confirmed after this time'),
	timeFilter('Confirmed Before', 'confirmedBefore', 'Only contacts that confirmed before this time'),
	{
		displayName: 'Email Type',
		name: 'emailType',
		type: 'options',
		options: EMAIL_TYPES,
		default: 'html',
		description: 'Only contacts that want emails like this',
	},
	{
		displayName: 'Interest Category Name or ID',
		name: 'category',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getCategories', loadOptionsDependsOn: ['audience.value'] },
		default: '',
		description:
			'The category that the interests to search for are in: Mailchimp wants it with them. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Interest Names or IDs',
		name: 'interests',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getInterests', loadOptionsDependsOn: ['audience.value'] },
		default: [],
		description:
			'Only contacts with these interests of the category, which is a filter of its own. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
		description: 'How many of the interests a contact must have; any of them, unless this is added',
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
	{
		displayName: 'Since Last Campaign',
		name: 'sinceLastCampaign',
		type: 'boolean',
		default: true,
		description:
			'Whether to get only contacts that came to their status after the last campaign was sent; needs the filter Status',
	},
	{
		displayName: 'Unique Email ID',
		name: 'uniqueEmailId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 85c495e185',
		description:
			'Only the contact with this ID, which an address has in all audiences of Mailchimp; “unique_email_id” in the output',
	},
	timeFilter('Unsubscribed After', 'unsubscribedAfter', 'Only contacts that unsubscribed after this time'),
	{
		displayName: 'VIPs Only',
		name: 'vipOnly',
		type: 'boolean',
		default: true,
		description: 'Whether to get only VIPs',
	},
]);

const NAMES = {
	emailType: 'email_type',
	category: 'interest_category_id',
	interests: 'interest_ids',
	interestMatch: 'interest_match',
	sinceLastCampaign: 'since_last_campaign',
	sortBy: 'sort_field',
	sortDirection: 'sort_dir',
	status: 'status',
	uniqueEmailId: 'unique_email_id',
	vipOnly: 'vip_only',
};

const TIMES = {
	changedAfter: 'since_last_changed',
	changedBefore: 'before_last_changed',
	confirmedAfter: 'since_timestamp_opt',
	confirmedBefore: 'before_timestamp_opt',
	unsubscribedAfter: 'unsubscribed_since',
};

/** The filters that were added. @throws {ServiceError} for those that Mailchimp takes only with another one */
export function readMemberFilters(filters: ParameterReader): IDataObject {
	checkTogether(filters);
	return {
		...(filters.has('interests') ? { interest_match: filters.option('interestMatch') } : {}),
		...(filters.has('unsubscribedAfter') ? { status: 'unsubscribed' } : {}),
		...queryOf(filters, NAMES),
		...timesOf(filters, TIMES),
	};
}

/** What the description of the parameters says of each. */
function checkTogether(filters: ParameterReader): void {
	const has = (name: string) => filters.has(name);
	if (has('interests') !== has('category') || (has('interestMatch') && !has('interests')))
		throw filters.fieldError(
			has('interests') ? 'interests' : has('category') ? 'category' : 'interestMatch',
			`needs the filter ${has('interests') ? 'Interest Category' : 'Interests'} beside it`,
			'Add the category and at least one interest of it, or none of these filters.',
		);
	if (has('unsubscribedAfter') && has('status') && filters.option('status') !== 'unsubscribed')
		throw filters.fieldError(
			'unsubscribedAfter',
			`finds nobody who is ${filters.option('status')}`,
			'Leave the filter Status out, or set it to Unsubscribed.',
		);
	if (has('sinceLastCampaign') && filters.boolean('sinceLastCampaign') && !has('status'))
		throw filters.fieldError(
			'sinceLastCampaign',
			'needs the filter Status beside it',
			'Add Status, such as Subscribed for those who came since the last campaign.',
		);
}
