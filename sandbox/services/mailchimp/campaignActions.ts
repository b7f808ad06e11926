import type { Given } from '../../shell/table/table';
import { addCampaign, checklist, recipientsOf, showCampaign } from './campaignRecords';
import { badRequest, forbidden, unvalidated } from './errors';
import type { Campaign } from './records';
import { type Ask, type Resource, route } from './resource';
import type { MailchimpState } from './state';

const ONE = '/campaigns/{campaign_id}';

export type Find = (ask: Ask) => Campaign;
export type FindDraft = (ask: Ask, what: string) => Campaign;

/** What is done with a campaign (mailchimp.com/developer/marketing/api/campaigns): sent, once; put off; stopped; copied. */
export function campaignActions(resource: Resource, draft: FindDraft, one: Find): void {
	sending(resource, draft, one);
	stopping(resource, one);
	copies(resource, one);
}

const acting = (resource: Resource) => (name: string, work: (ask: Ask) => unknown) =>
	route(resource, 'POST', `${ONE}/actions/${name}`, work, { empty: true });

function sending(resource: Resource, draft: FindDraft, one: Find): void {
	const { state } = resource;
	const act = acting(resource);
	const ready = (ask: Ask, what: string) => {
		const campaign = draft(ask, what);
		const { is_ready: isReady, items } = checklist(state, campaign);
		const missing = items.filter(({ type }) => type === 'error').map(({ details }) => details);
		if (!isReady) throw badRequest(`Your Campaign is not ready to send. ${missing.join(' ')}`);
		return campaign;
	};
	act('send', (ask) => send(state, ready(ask, 'sent')));
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
	act('test', (ask) => {
		const campaign = one(ask);
		const addresses = ask.body.test_emails as string[];
		const wrong = addresses.filter((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address));
		if (addresses.length === 0 || wrong.length > 0)
			throw unvalidated([
				{ field: 'test_emails', message: `Please enter valid email addresses: ${wrong.join(', ')}` },
			]);
		if (campaign.content.html === '' && campaign.content.plain_text === '')
			throw badRequest('Your campaign has no content.');
		campaign.tests.push(addresses);
	});
}

function send(state: MailchimpState, campaign: Campaign): void {
	const audience = state.audiences.get(campaign.recipients.list_id ?? '')!;
	const recipients = recipientsOf(state, campaign);
	campaign.activity = new Map(recipients.map(({ id }) => [id, []]));
	Object.assign(campaign, {
		// One that is driven by a feed goes out again and again, until it is paused.
		status: campaign.type === 'rss' ? 'sending' : 'sent',
		send_time: state.stamp(),
		emails_sent: recipients.length,
		sends: campaign.sends + 1,
	});
	state.hooks.fire(audience, 'campaign', 'admin', {
		id: campaign.id,
		subject: String(campaign.settings.subject_line),
		status: 'sent',
		reason: '',
		list_id: audience.id,
	});
}

function stopping(resource: Resource, one: Find): void {
	const act = acting(resource);
	act('cancel-send', (ask) => {
		const campaign = one(ask);
		// “This feature is included with Mailchimp Pro.” (its page)
		if (!ask.state.settings.pro) throw forbidden('Cancelling a campaign needs Mailchimp Pro.');
		if (campaign.status !== 'sending' || campaign.type === 'rss')
			throw badRequest('This campaign cannot be cancelled: it is not being sent.');
		campaign.status = 'canceled';
	});
	const switched = (name: string, from: Campaign['status'], to: Campaign['status']) =>
		act(name, (ask) => {
			const campaign = one(ask);
			if (campaign.type !== 'rss') throw badRequest('This is not an RSS campaign.');
			if (campaign.status !== from) throw badRequest(`This campaign’s status is ${campaign.status}.`);
			campaign.status = to;
		});
	switched('pause', 'sending', 'paused');
	switched('resume', 'paused', 'sending');
}

/** Whom a copy is for, as conditions on the campaign that it is of. */
const SHORTCUTS: Record<string, (campaign: Campaign) => Given> = {
	to_non_openers: ({ web_id: id }) => ({
		condition_type: 'Aim',
		field: 'aim',
		op: 'noopen',
		value: String(id),
	}),
	to_non_clickers: ({ web_id: id }) => ({
		condition_type: 'Aim',
		field: 'aim',
		op: 'noclick',
		value: String(id),
	}),
	to_new_subscribers: ({ send_time: sent }) => ({
		condition_type: 'Date',
		field: 'timestamp_opt',
		op: 'greater',
		value: 'date',
		extra: sent.slice(0, 10),
	}),
};

function copies(resource: Resource, one: Find): void {
	const { state } = resource;
	const copied = (campaign: Campaign, recipients: Campaign['recipients']) => {
		const { content, type, tracking, settings: old } = campaign;
		const settings = { ...old, title: `${String(old.title ?? '')} (copy 01)`.trim() };
		const copy = addCampaign(state, { type, recipients, settings, tracking });
		copy.content = { ...content };
		return copy;
	};
	route(resource, 'POST', `${ONE}/actions/replicate`, (ask) => {
		const campaign = one(ask);
		// “Replicate a campaign in saved or send status.” (its page)
		if (campaign.status !== 'save' && campaign.status !== 'sent')
			throw badRequest(`This campaign cannot be replicated: its status is ${campaign.status}.`);
		return showCampaign(state, copied(campaign, campaign.recipients));
	});
	route(resource, 'POST', `${ONE}/actions/create-resend`, (ask) => {
		const campaign = one(ask);
		const shortcut = String(ask.body.shortcut_type ?? 'to_non_openers');
		if (campaign.status !== 'sent') throw badRequest('Only a campaign that was sent can be resent.');
		const { list_id: id } = campaign.recipients;
		const opts = { match: 'all', conditions: [SHORTCUTS[shortcut]!(campaign)] };
		const recipients = { ...(id === undefined ? {} : { list_id: id }), segment_opts: opts };
		if (recipientsOf(state, { ...campaign, recipients }).length === 0)
			throw badRequest('This campaign is not eligible to be resent: there is nobody to send to.');
		return showCampaign(state, copied(campaign, recipients));
	});
}
