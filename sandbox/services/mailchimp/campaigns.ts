import type { Given } from '../../shell/table/table';
import { newId } from './audience';
import { badRequest, invalid, notFound } from './errors';
import type { Campaign } from './records';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';
import type { MailchimpState } from './state';

const PATH = '/campaigns';
const ONE = '/campaigns/{campaign_id}';

export function showCampaign(state: MailchimpState, campaign: Campaign) {
	const { content, sends: _sends, ...own } = campaign;
	const audience = state.audiences.get(campaign.recipients.list_id ?? '');
	return {
		...own,
		archive_url: `http://eepurl.com/${campaign.id}`,
		long_archive_url: `https://mailchi.mp/${campaign.id}`,
		content_type: content.html === '' ? 'template' : 'html',
		recipients: {
			segment_text: '',
			recipient_count: audience?.count('subscribed') ?? 0,
			list_is_active: audience !== undefined,
			list_name: audience?.info.name ?? '',
			...campaign.recipients,
		},
		resendable: campaign.status === 'sent',
		needs_block_refresh: false,
		_links: linksTo(state, `/campaigns/${campaign.id}`),
	};
}

/** What keeps it from being sent, in Mailchimp's form of a checklist. */
function checklist(state: MailchimpState, { settings, recipients, content }: Campaign) {
	const audience = state.audiences.get(recipients.list_id ?? '');
	const checks: Array<[id: number, heading: string, isFine: boolean, details: string]> = [
		[502, 'List', audience !== undefined, 'Choose an audience to send to.'],
		[501, 'Subscribers', (audience?.count('subscribed') ?? 0) > 0, 'There is nobody to send to.'],
		[103, 'Subject Line', Boolean(settings.subject_line), 'Enter a subject line.'],
		[104, 'From Name', Boolean(settings.from_name), 'Enter a from name.'],
		[105, 'Reply-to', Boolean(settings.reply_to), 'Enter a reply-to address.'],
		[201, 'Content', content.html !== '' || content.plain_text !== '', 'Your campaign has no content.'],
	];
	const items = checks.map(([id, heading, isFine, details]) => ({
		type: isFine ? 'success' : 'error',
		id,
		heading,
		details: isFine ? '' : details,
	}));
	return { is_ready: items.every(({ type }) => type === 'success'), items };
}

/** Campaigns (mailchimp.com/developer/marketing/api/campaigns): drafts with content, which go out once. */
export function campaigns(resource: Resource): void {
	const { state } = resource;
	const one = ({ params }: Ask): Campaign => {
		const found = state.campaigns.get(params.campaign_id ?? '');
		if (!found) throw notFound();
		return found;
	};
	const draft = (ask: Ask, what: string): Campaign => {
		const campaign = one(ask);
		if (campaign.status !== 'save' && campaign.status !== 'paused')
			throw badRequest(`This campaign cannot be ${what}: its status is ${campaign.status}.`);
		return campaign;
	};
	route(resource, 'GET', PATH, (ask) => list(ask));
	route(resource, 'POST', PATH, ({ body }) => showCampaign(state, add(state, body)));
	route(resource, 'GET', ONE, (ask) => showCampaign(state, one(ask)));
	route(resource, 'PATCH', ONE, (ask) => {
		const campaign = draft(ask, 'edited');
		write(state, campaign, ask.body);
		return showCampaign(state, campaign);
	});
	route(
		resource,
		'DELETE',
		ONE,
		(ask) => {
			const { id, status } = one(ask);
			if (status === 'sending') throw badRequest('This campaign is being sent.');
			state.campaigns.delete(id);
		},
		{ empty: true },
	);
	route(resource, 'GET', `${ONE}/content`, (ask) => ({
		...one(ask).content,
		archive_html: one(ask).content.html,
		_links: linksTo(state, `/campaigns/${one(ask).id}/content`),
	}));
	route(resource, 'PUT', `${ONE}/content`, (ask) => {
		const campaign = draft(ask, 'edited');
		setContent(campaign, ask.body);
		return { ...campaign.content, archive_html: campaign.content.html, _links: [] };
	});
	route(resource, 'GET', `${ONE}/send-checklist`, (ask) => ({ ...checklist(state, one(ask)), _links: [] }));
	// What was not sent has no report.
	route(resource, 'GET', '/reports/{campaign_id}', (ask) => {
		const campaign = one(ask);
		if (campaign.sends === 0) throw notFound();
		return showReport(state, campaign);
	});
	actions(resource, draft, one);
}

/** Nobody opens or clicks here: the numbers are those of the moment after sending. */
function showReport(state: MailchimpState, { id, type, settings, recipients, ...campaign }: Campaign) {
	return {
		id,
		campaign_title: settings.title ?? '',
		type,
		list_id: recipients.list_id,
		list_is_active: true,
		list_name: state.audiences.get(recipients.list_id ?? '')?.info.name ?? '',
		subject_line: settings.subject_line,
		preview_text: settings.preview_text ?? '',
		emails_sent: campaign.emails_sent,
		abuse_reports: 0,
		unsubscribed: 0,
		send_time: campaign.send_time,
		bounces: { hard_bounces: 0, soft_bounces: 0, syntax_errors: 0 },
		forwards: { forwards_count: 0, forwards_opens: 0 },
		opens: { opens_total: 0, unique_opens: 0, open_rate: 0, last_open: '' },
		clicks: { clicks_total: 0, unique_clicks: 0, unique_subscriber_clicks: 0, click_rate: 0, last_click: '' },
		_links: linksTo(state, `/reports/${id}`),
	};
}

type Find = (ask: Ask) => Campaign;

function actions(resource: Resource, draft: (ask: Ask, what: string) => Campaign, one: Find): void {
	const { state } = resource;
	const act = (name: string, work: (ask: Ask) => unknown) =>
		route(resource, 'POST', `${ONE}/actions/${name}`, work, { empty: true });
	const ready = (ask: Ask, what: string) => {
		const campaign = draft(ask, what);
		const { is_ready: isReady, items } = checklist(state, campaign);
		const missing = items.filter(({ type }) => type === 'error').map(({ details }) => details);
		if (!isReady) throw badRequest(`Your Campaign is not ready to send. ${missing.join(' ')}`);
		return campaign;
	};
	act('send', (ask) => {
		const campaign = ready(ask, 'sent');
		const audience = state.audiences.get(campaign.recipients.list_id ?? '')!;
		Object.assign(campaign, {
			status: 'sent',
			send_time: state.stamp(),
			emails_sent: audience.count('subscribed'),
			sends: campaign.sends + 1,
		});
		state.hooks.fire(audience, 'campaign', 'admin', {
			id: campaign.id,
			subject: String(campaign.settings.subject_line),
			status: 'sent',
			reason: '',
			list_id: audience.id,
		});
	});
	act('schedule', (ask) => {
		const campaign = ready(ask, 'scheduled');
		const at = new Date(String(ask.body.schedule_time));
		// “Campaigns may only be scheduled to send on the quarter-hour (:00, :15, :30, :45).” (campaign's page)
		if (at.getUTCMinutes() % 15 !== 0 || at.getUTCSeconds() !== 0)
			throw badRequest('Campaigns may only be scheduled on the quarter-hour.');
		if (at <= state.now()) throw badRequest('The schedule time has passed.');
		Object.assign(campaign, {
			status: 'schedule',
			send_time: at.toISOString().replace(/\.\d{3}Z$/, '+00:00'),
		});
	});
	act('unschedule', (ask) => {
		const campaign = one(ask);
		if (campaign.status !== 'schedule') throw badRequest('This campaign is not scheduled.');
		Object.assign(campaign, { status: 'save', send_time: '' });
	});
	route(resource, 'POST', `${ONE}/actions/replicate`, (ask) => {
		const { content, ...old } = one(ask);
		const settings = { ...old.settings, title: `${String(old.settings.title ?? '')} (copy 01)`.trim() };
		const copy = add(state, { type: old.type, recipients: old.recipients, settings, tracking: old.tracking });
		copy.content = { ...content };
		return showCampaign(state, copy);
	});
}

function add(state: MailchimpState, given: Given): Campaign {
	const campaign: Campaign = {
		id: newId(),
		web_id: state.newId(),
		type: String(given.type),
		create_time: state.stamp(),
		status: 'save',
		send_time: '',
		emails_sent: 0,
		recipients: {},
		settings: { subject_line: '', title: '', from_name: '', reply_to: '' },
		tracking: { opens: true, html_clicks: true, text_clicks: false },
		content: { html: '', plain_text: '' },
		sends: 0,
	};
	write(state, campaign, given);
	state.campaigns.set(campaign.id, campaign);
	return campaign;
}

function write(state: MailchimpState, campaign: Campaign, { recipients, settings, tracking }: Given): void {
	if (recipients !== undefined) {
		const to = recipients as Campaign['recipients'];
		if (!state.audiences.has(to.list_id ?? '')) throw invalid('The audience does not exist.');
		campaign.recipients = to;
	}
	Object.assign(campaign.settings, settings);
	Object.assign(campaign.tracking, tracking);
}

function setContent(campaign: Campaign, { html, plain_text: text, template, url }: Given): void {
	if (html === undefined && text === undefined && template === undefined && url === undefined)
		throw invalid('The content needs html, plain_text, url or template.');
	if (html !== undefined) campaign.content.html = String(html);
	if (template !== undefined) {
		const { sections = {} } = template as { sections?: Given };
		campaign.content.html = Object.entries(sections)
			.map(([name, value]) => `<div mc:edit="${name}">${String(value)}</div>`)
			.join('');
	}
	campaign.content.plain_text =
		text === undefined ? campaign.content.html.replaceAll(/<[^>]*>/g, '') : String(text);
}

const time = (text: unknown) => Date.parse(String(text));

function list({ state, query }: Ask) {
	const fits = ({ type, status, recipients, send_time: sent, create_time: made }: Campaign) =>
		(query.type === undefined || type === query.type) &&
		(query.status === undefined || status === query.status) &&
		(query.list_id === undefined || recipients.list_id === query.list_id) &&
		(query.since_send_time === undefined || time(sent) > time(query.since_send_time)) &&
		(query.before_send_time === undefined || time(sent) < time(query.before_send_time)) &&
		(query.since_create_time === undefined || time(made) > time(query.since_create_time)) &&
		(query.before_create_time === undefined || time(made) < time(query.before_create_time));
	const found = [...state.campaigns.values()].filter(fits);
	if (query.sort_dir === 'DESC') found.reverse();
	return {
		campaigns: pageOf(found, query).map((one) => showCampaign(state, one)),
		total_items: found.length,
		_links: linksTo(state, PATH),
	};
}
