import { createHash } from 'node:crypto';
import { campaignOf } from './campaigns';
import { notFound } from './errors';
import type { Campaign, CampaignActivity, Member } from './records';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';
import type { MailchimpState } from './state';

const PATH = '/reports';
const ONE = '/reports/{campaign_id}';

type Action = CampaignActivity['action'];

/** Somebody who got the campaign, with what they did. Who is not in the audience any more is left out. */
interface Recipient {
	member: Member;
	did: CampaignActivity[];
}

const doing = (did: readonly CampaignActivity[], action: Action) =>
	did.filter((one) => one.action === action);
const time = (text: unknown) => Date.parse(String(text));
const idOf = (url: string) => createHash('md5').update(url).digest('hex').slice(0, 10);

/** What was not sent has no report. @throws {MailchimpError} 404 */
function sentOf(ask: Ask): Campaign {
	const campaign = campaignOf(ask);
	if (campaign.sends === 0) throw notFound();
	return campaign;
}

function recipientsOf({ state }: Ask, { recipients, activity }: Campaign): Recipient[] {
	const audience = state.audiences.get(recipients.list_id ?? '');
	return [...activity].flatMap(([hash, did]) => {
		const member = audience?.members.get(hash);
		return member ? [{ member, did }] : [];
	});
}

const all = ({ activity }: Campaign, action: Action) =>
	[...activity.values()].flatMap((did) => doing(did, action));
const unique = ({ activity }: Campaign, action: Action) =>
	[...activity.values()].filter((did) => doing(did, action).length > 0).length;
const last = (done: readonly CampaignActivity[]) =>
	done
		.map(({ timestamp }) => timestamp)
		.sort()
		.at(-1) ?? '';

/** A campaign's figures, as every answer has them. */
export function showReport(state: MailchimpState, campaign: Campaign) {
	const { id, type, settings, recipients, emails_sent: sent } = campaign;
	const [opens, clicks, bounces] = [all(campaign, 'open'), all(campaign, 'click'), all(campaign, 'bounce')];
	const rate = (action: Action) => (sent === 0 ? 0 : unique(campaign, action) / sent);
	return {
		id,
		campaign_title: settings.title ?? '',
		type,
		list_id: recipients.list_id,
		list_is_active: true,
		list_name: state.audiences.get(recipients.list_id ?? '')?.info.name ?? '',
		subject_line: settings.subject_line,
		preview_text: settings.preview_text ?? '',
		emails_sent: sent,
		abuse_reports: 0,
		unsubscribed: unique(campaign, 'unsubscribe'),
		send_time: campaign.send_time,
		bounces: {
			hard_bounces: bounces.filter((one) => one.type === 'hard').length,
			soft_bounces: bounces.filter((one) => one.type === 'soft').length,
			syntax_errors: 0,
		},
		forwards: { forwards_count: 0, forwards_opens: 0 },
		opens: {
			opens_total: opens.length,
			unique_opens: unique(campaign, 'open'),
			open_rate: rate('open'),
			last_open: last(opens),
		},
		clicks: {
			clicks_total: clicks.length,
			unique_clicks: unique(campaign, 'click'),
			unique_subscriber_clicks: unique(campaign, 'click'),
			click_rate: rate('click'),
			last_click: last(clicks),
		},
		_links: linksTo(state, `${PATH}/${id}`),
	};
}

const who = ({ recipients }: Campaign, { id, email_address: address }: Member) => ({
	email_id: id,
	email_address: address,
	list_id: recipients.list_id,
	list_is_active: true,
});
const more = ({ merge_fields: fields, vip }: Member) => ({ merge_fields: fields, vip });

/** What became of campaigns that were sent (mailchimp.com/developer/marketing/api/reports). */
export function reports(resource: Resource): void {
	const { state } = resource;
	route(resource, 'GET', PATH, ({ query }) => {
		const found = [...state.campaigns.values()].filter(
			({ sends, type, send_time: sent }) =>
				sends > 0 &&
				(query.type === undefined || type === query.type) &&
				(query.since_send_time === undefined || time(sent) > time(query.since_send_time)) &&
				(query.before_send_time === undefined || time(sent) < time(query.before_send_time)),
		);
		return {
			reports: pageOf(found, query).map((one) => showReport(state, one)),
			total_items: found.length,
			_links: linksTo(state, PATH),
		};
	});
	route(resource, 'GET', ONE, (ask) => showReport(state, sentOf(ask)));
	details(resource);
	clicks(resource);
}

/** One of the lists of a report: `rows` of the campaign, a page of them, and what stands beside. */
function listing(
	resource: Resource,
	path: string,
	name: string,
	rows: (ask: Ask, campaign: Campaign) => object[],
	beside: (campaign: Campaign) => object = () => ({}),
): void {
	route(resource, 'GET', `${ONE}/${path}`, (ask) => {
		const campaign = sentOf(ask);
		const found = rows(ask, campaign);
		return {
			[name]: pageOf(found, ask.query).map((row) => ({ ...row, campaign_id: campaign.id })),
			campaign_id: campaign.id,
			...beside(campaign),
			total_items: found.length,
			_links: linksTo(ask.state, `${PATH}/${campaign.id}/${path}`),
		};
	});
}

function details(resource: Resource): void {
	listing(
		resource,
		'open-details',
		'members',
		(ask, campaign) => {
			const opened = recipientsOf(ask, campaign).flatMap(({ member, did }) => {
				const opens = doing(did, 'open').filter(
					({ timestamp }) => ask.query.since === undefined || time(timestamp) > time(ask.query.since),
				);
				return opens.length === 0
					? []
					: [
							{
								...who(campaign, member),
								...more(member),
								contact_status: member.status,
								opens_count: opens.length,
								opens: opens.map(({ timestamp }) => ({ timestamp })),
							},
						];
			});
			if (ask.query.sort_field !== undefined) opened.sort((a, b) => a.opens_count - b.opens_count);
			return ask.query.sort_dir === 'DESC' ? opened.reverse() : opened;
		},
		(campaign) => ({ total_opens: all(campaign, 'open').length }),
	);
	listing(resource, 'unsubscribed', 'unsubscribes', (ask, campaign) =>
		recipientsOf(ask, campaign).flatMap(({ member, did }) =>
			doing(did, 'unsubscribe').map(({ timestamp, reason = '' }) => ({
				...who(campaign, member),
				...more(member),
				timestamp,
				reason,
			})),
		),
	);
	listing(resource, 'sent-to', 'sent_to', (ask, campaign) =>
		recipientsOf(ask, campaign).map(({ member, did }) => ({
			...who(campaign, member),
			...more(member),
			status: doing(did, 'bounce')[0]?.type ?? 'sent',
			open_count: doing(did, 'open').length,
			...(doing(did, 'open').length === 0 ? {} : { last_open: last(doing(did, 'open')) }),
			gmt_offset: 0,
		})),
	);
	const activityOf = (ask: Ask, campaign: Campaign, { member, did }: Recipient) => ({
		...who(campaign, member),
		activity: did.filter(
			({ action, timestamp }) =>
				action !== 'unsubscribe' &&
				(ask.query.since === undefined || time(timestamp) > time(ask.query.since)),
		),
	});
	listing(resource, 'email-activity', 'emails', (ask, campaign) =>
		recipientsOf(ask, campaign).map((one) => activityOf(ask, campaign, one)),
	);
	route(resource, 'GET', `${ONE}/email-activity/{subscriber_hash}`, (ask) => {
		const campaign = sentOf(ask);
		const found = recipientsOf(ask, campaign).find(({ member }) => member.id === ask.params.subscriber_hash);
		if (!found) throw notFound();
		return { ...activityOf(ask, campaign, found), campaign_id: campaign.id, _links: [] };
	});
}

/** The links of a campaign, with how often each was clicked, and by whom. */
function clicks(resource: Resource): void {
	const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
	const linksOf = (campaign: Campaign) => {
		const inContent = [...campaign.content.html.matchAll(/href="(https?:[^"]+)"/g)].map(
			([, url = '']) => url,
		);
		const done = all(campaign, 'click');
		return [...new Set([...inContent, ...done.map(({ url = '' }) => url)])].map((url) => {
			const ofLink = done.filter((one) => one.url === url);
			const clickers = [...campaign.activity.values()].filter((did) =>
				did.some((one) => one.action === 'click' && one.url === url),
			).length;
			return {
				id: idOf(url),
				url,
				total_clicks: ofLink.length,
				click_percentage: share(ofLink.length, done.length),
				unique_clicks: clickers,
				unique_click_percentage: share(clickers, unique(campaign, 'click')),
				last_click: last(ofLink),
			};
		});
	};
	listing(resource, 'click-details', 'urls_clicked', ({ query }, campaign) => {
		const links = linksOf(campaign);
		const { sort_field: by } = query;
		if (by === 'total_clicks' || by === 'unique_clicks') links.sort((a, b) => a[by] - b[by]);
		return query.sort_dir === 'DESC' ? links.reverse() : links;
	});
	listing(resource, 'click-details/{link_id}/members', 'members', (ask, campaign) => {
		const link = linksOf(campaign).find(({ id }) => id === ask.params.link_id);
		if (!link) throw notFound();
		return recipientsOf(ask, campaign).flatMap(({ member, did }) => {
			const count = doing(did, 'click').filter(({ url }) => url === link.url).length;
			if (count === 0) return [];
			return [
				{
					...who(campaign, member),
					...more(member),
					clicks: count,
					url_id: link.id,
					contact_status: member.status,
				},
			];
		});
	});
}
