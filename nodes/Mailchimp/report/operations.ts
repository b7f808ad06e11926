import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { locator } from '../../../core/node/locator';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { campaignId, campaignLocator, typeFilter } from '../campaign/fields';
import { listOf, noLinks } from '../connection';
import { filtersOf, queryOf, timeFilter, timesOf } from '../filters';
import { hashOf, pickedId, readAddress } from '../ids';

/** The campaign whose report it is. */
const sentLocator = {
	...campaignLocator,
	description: 'The campaign, which must have been sent, by its title from the list or by its ID',
};

/** https://mailchimp.com/developer/marketing/api/reports/list-campaign-reports/ */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many reports',
	description: 'Get the reports of the campaigns that were sent, 1,000 in one request',
	fields: [
		...limitFields,
		filtersOf([
			timeFilter('Sent After', 'sentAfter', 'Only campaigns that were sent after this time'),
			timeFilter('Sent Before', 'sentBefore', 'Only campaigns that were sent before this time'),
			typeFilter('Only reports of campaigns of this kind'),
		]),
	],
	read(item) {
		const filters = item.collection('filters');
		const times = timesOf(filters, { sentAfter: 'since_send_time', sentBefore: 'before_send_time' });
		return { limit: item.limit(), query: { ...queryOf(filters, { type: 'type' }), ...times } };
	},
	call: ({ limit, query }, client) =>
		client.pages('/reports', listOf('reports'), { ...query, ...noLinks('reports') }, limit),
});

/** https://mailchimp.com/developer/marketing/api/reports/get-campaign-report/ */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get the report of a campaign',
	description: 'Get what became of a campaign that was sent: opens, clicks, bounces, unsubscribes',
	fields: [sentLocator],
	read: campaignId,
	call: async (id, client) => await client.get(path`/reports/${id}`, noLinks()),
});

const sinceFilter = filtersOf([timeFilter('Since', 'since', 'Only what happened after this time')]);

const readSince = (item: ParameterReader) => timesOf(item.collection('filters'), { since: 'since' });

/** https://mailchimp.com/developer/marketing/api/open-reports/list-campaign-open-details/ */
export const getOpens = perItem({
	name: 'Get Opens',
	value: 'getOpens',
	action: 'Get the opens of a campaign',
	description: 'Get who opened a campaign, how often and when, one item for each contact',
	fields: [sentLocator, ...limitFields, sinceFilter],
	read: (item) => ({ id: campaignId(item), limit: item.limit(), query: readSince(item) }),
	call: ({ id, limit, query }, client) =>
		client.pages(
			path`/reports/${id}/open-details`,
			listOf('members'),
			{ ...query, ...noLinks('members') },
			limit,
		),
});

/** https://mailchimp.com/developer/marketing/api/click-reports/list-campaign-details/ */
export const getClicks = perItem({
	name: 'Get Clicks',
	value: 'getClicks',
	action: 'Get the clicks of a campaign',
	description: 'Get the links of a campaign, one item for each, with how often it was clicked',
	fields: [sentLocator, ...limitFields],
	read: (item) => ({ id: campaignId(item), limit: item.limit() }),
	call: ({ id, limit }, client) =>
		client.pages(path`/reports/${id}/click-details`, listOf('urls_clicked'), noLinks('urls_clicked'), limit),
});

const linkLocator = locator({
	displayName: 'Link',
	name: 'link',
	description: 'The link of the campaign above, from the list or by the ID that Get Clicks shows',
	search: 'searchLinks',
	example: 'd0b7c5d1f1',
});

/** https://mailchimp.com/developer/marketing/api/click-reports-members/list-clicked-link-subscribers/ */
export const getClickers = perItem({
	name: 'Get Members Who Clicked',
	value: 'getClickers',
	action: 'Get the members who clicked a link',
	description: 'Get who clicked a link of a campaign, and how often, one item for each contact',
	fields: [sentLocator, linkLocator, ...limitFields],
	read(item) {
		const link = pickedId(
			item,
			'link',
			'Choose the link from the list, or enter its ID, which Report → Get Clicks shows as “id”. It is not its address.',
		);
		return { id: campaignId(item), link, limit: item.limit() };
	},
	call: ({ id, link, limit }, client) =>
		client.pages(
			path`/reports/${id}/click-details/${link}/members`,
			listOf('members'),
			noLinks('members'),
			limit,
		),
});

/** https://mailchimp.com/developer/marketing/api/unsub-reports/list-unsubscribed-members/ */
export const getUnsubscribes = perItem({
	name: 'Get Unsubscribes',
	value: 'getUnsubscribes',
	action: 'Get the unsubscribes of a campaign',
	description: 'Get who unsubscribed by a campaign, when and why, one item for each contact',
	fields: [sentLocator, ...limitFields],
	read: (item) => ({ id: campaignId(item), limit: item.limit() }),
	call: ({ id, limit }, client) =>
		client.pages(path`/reports/${id}/unsubscribed`, listOf('unsubscribes'), noLinks('unsubscribes'), limit),
});

/** https://mailchimp.com/developer/marketing/api/sent-to-reports/list-campaign-recipients/ */
export const getRecipients = perItem({
	name: 'Get Recipients',
	value: 'getRecipients',
	action: 'Get the recipients of a campaign',
	description: 'Get to whom a campaign was sent, and whether it bounced, one item for each contact',
	fields: [sentLocator, ...limitFields],
	read: (item) => ({ id: campaignId(item), limit: item.limit() }),
	call: ({ id, limit }, client) =>
		client.pages(path`/reports/${id}/sent-to`, listOf('sent_to'), noLinks('sent_to'), limit),
});

/** https://mailchimp.com/developer/marketing/api/email-activity-reports/list-email-activity/ */
export const getEmailActivity = perItem({
	name: 'Get Email Activity',
	value: 'getEmailActivity',
	action: 'Get the email activity of a campaign',
	description: 'Get each open, click and bounce of a campaign, gathered by contact, one item for each',
	fields: [
		sentLocator,
		...limitFields,
		filtersOf([
			{
				displayName: 'Email Address',
				name: 'emailAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. ana@example.com',
				description: 'Only what this contact did',
			},
			timeFilter('Since', 'since', 'Only what happened after this time'),
		]),
	],
	read(item) {
		const filters = item.collection('filters');
		return {
			id: campaignId(item),
			limit: item.limit(),
			member: filters.has('emailAddress') ? hashOf(readAddress(filters)) : undefined,
			query: timesOf(filters, { since: 'since' }),
		};
	},
	call: ({ id, limit, member, query }, client) =>
		member === undefined
			? client.pages(
					path`/reports/${id}/email-activity`,
					listOf('emails'),
					{ ...query, ...noLinks('emails') },
					limit,
				)
			: client.get(path`/reports/${id}/email-activity/${member}`, { ...query, ...noLinks() }),
});
