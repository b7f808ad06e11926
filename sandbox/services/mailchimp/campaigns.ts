import { campaignActions } from './campaignActions';
import { addCampaign, checklist, setContent, showCampaign, writeCampaign } from './campaignRecords';
import { badRequest, notFound } from './errors';
import type { Campaign } from './records';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';

const PATH = '/campaigns';
const ONE = '/campaigns/{campaign_id}';

export const campaignOf = ({ state, params }: Ask): Campaign => {
	const found = state.campaigns.get(params.campaign_id ?? '');
	if (!found) throw notFound();
	return found;
};

function draftOf(ask: Ask, what: string): Campaign {
	const campaign = campaignOf(ask);
	if (campaign.status !== 'save' && campaign.status !== 'paused')
		throw badRequest(`This campaign cannot be ${what}: its status is ${campaign.status}.`);
	return campaign;
}

/** Campaigns (mailchimp.com/developer/marketing/api/campaigns): drafts with content, which go out once. */
export function campaigns(resource: Resource): void {
	const { state } = resource;
	route(resource, 'GET', PATH, (ask) => list(ask));
	route(resource, 'POST', PATH, ({ body }) => showCampaign(state, addCampaign(state, body)));
	route(resource, 'GET', ONE, (ask) => showCampaign(state, campaignOf(ask)));
	route(resource, 'PATCH', ONE, (ask) => {
		const campaign = draftOf(ask, 'edited');
		writeCampaign(state, campaign, ask.body);
		return showCampaign(state, campaign);
	});
	route(
		resource,
		'DELETE',
		ONE,
		(ask) => {
			const { id, status } = campaignOf(ask);
			if (status === 'sending') throw badRequest('This campaign is being sent.');
			state.campaigns.delete(id);
		},
		{ empty: true },
	);
	const showContent = ({ id, content }: Campaign) => ({
		...content,
		archive_html: content.html,
		_links: linksTo(state, `/campaigns/${id}/content`),
	});
	route(resource, 'GET', `${ONE}/content`, (ask) => showContent(campaignOf(ask)));
	route(resource, 'PUT', `${ONE}/content`, (ask) => {
		const campaign = draftOf(ask, 'edited');
		setContent(state, campaign, ask.body);
		return showContent(campaign);
	});
	route(resource, 'GET', `${ONE}/send-checklist`, (ask) => ({
		...checklist(state, campaignOf(ask)),
		_links: [],
	}));
	route(resource, 'GET', '/search-campaigns', (ask) => found(ask));
	campaignActions(resource, draftOf, campaignOf);
}

const time = (text: unknown) => Date.parse(String(text));

function list({ state, query }: Ask) {
	const fits = (campaign: Campaign) => {
		const { type, status, recipients, settings, send_time: sent, create_time: made, activity } = campaign;
		return (
			(query.type === undefined || type === query.type) &&
			(query.status === undefined || status === query.status) &&
			(query.list_id === undefined || recipients.list_id === query.list_id) &&
			(query.folder_id === undefined || settings.folder_id === query.folder_id) &&
			(query.member_id === undefined || activity.has(String(query.member_id))) &&
			(query.since_send_time === undefined || time(sent) > time(query.since_send_time)) &&
			(query.before_send_time === undefined || time(sent) < time(query.before_send_time)) &&
			(query.since_create_time === undefined || time(made) > time(query.since_create_time)) &&
			(query.before_create_time === undefined || time(made) < time(query.before_create_time))
		);
	};
	const found = [...state.campaigns.values()].filter(fits);
	if (query.sort_field === 'send_time') found.sort((a, b) => a.send_time.localeCompare(b.send_time));
	if (query.sort_dir === 'DESC') found.reverse();
	return {
		campaigns: pageOf(found, query).map((one) => showCampaign(state, one)),
		total_items: found.length,
		_links: linksTo(state, PATH),
	};
}

/** Mailchimp does not say how many it gives at most; there is no paging. */
const MOST_FOUND = 30;

function found({ state, query }: Ask) {
	const wanted = String(query.query).toLowerCase();
	const results = [...state.campaigns.values()].flatMap((campaign) => {
		const { settings, content } = campaign;
		const texts = [settings.title, settings.subject_line, content.plain_text].map((text) =>
			String(text ?? ''),
		);
		const text = texts.find((one) => one.toLowerCase().includes(wanted));
		return text === undefined
			? []
			: [{ campaign: showCampaign(state, campaign), snippet: text.slice(0, 200) }];
	});
	return {
		results: results.slice(0, MOST_FOUND),
		total_items: results.length,
		_links: linksTo(state, '/search-campaigns'),
	};
}
