import { newCampaign } from '../../../sandbox/services/mailchimp/campaignRecords';
import { addAudience } from '../../../sandbox/services/mailchimp/lists';
import type { Campaign } from '../../../sandbox/services/mailchimp/records';
import { writeMember } from '../../../sandbox/services/mailchimp/memberRules';
import type { MailchimpService } from '../../../sandbox/services/mailchimp/service';
import { byId, scene, type Scenes } from '../scene';

/** A draft that lacks nothing. */
function withDraft(mailchimp: MailchimpService, more: Partial<Campaign> = {}): Campaign {
	const ana = mailchimp.audience.find('ana@example.org');
	writeMember(mailchimp, mailchimp.audience, ana, {
		given: { email_address: 'ana@example.org', status: 'subscribed' },
		expects: 'either',
		skipMergeValidation: true,
		source: 'admin',
	});
	const campaign = newCampaign(mailchimp, {
		id: 'cafe000009',
		create_time: '2020-01-01T00:00:00+00:00',
		recipients: { list_id: mailchimp.audience.id },
		settings: { subject_line: 'News', title: '', from_name: 'Ana', reply_to: 'news@example.org' },
		content: { html: '<p>News</p>', plain_text: 'News' },
		...more,
	});
	mailchimp.campaigns.set(campaign.id, campaign);
	return campaign;
}

const CAMPAIGN = { campaign: byId('cafe000009') };
/** A day that has not come, on a quarter of an hour. */
const TIME = '2099-11-26T10:15:00.000Z';

function withTemplate({ templates }: MailchimpService) {
	const template = {
		id: 7,
		type: 'user',
		name: 'Letter',
		html: '<div mc:edit="body">Hi</div>',
		folder_id: '',
		active: true,
		date_created: '2020-01-01T00:00:00+00:00',
		date_edited: '2020-01-01T00:00:00+00:00',
	};
	templates.set(template.id, template);
	return template;
}

const LETTER = { name: 'Letter', html: '<p>Hi</p>' };

export const templates: Scenes<MailchimpService>['scenes'] = {
	'template.create': (mailchimp) => scene('template.create', LETTER, () => mailchimp.templates.size),
	'template.create: an older one of its name is there': (mailchimp) => {
		withTemplate(mailchimp);
		return scene('template.create', LETTER, () => mailchimp.templates.size - 1);
	},
	'template.update': (mailchimp) => {
		const template = withTemplate(mailchimp);
		return scene(
			'template.update',
			{ template: byId(7), updateFields: { name: 'Card' } },
			() => template.name === 'Card',
		);
	},
	'template.delete': (mailchimp) => {
		const template = withTemplate(mailchimp);
		return scene('template.delete', { template: byId(7) }, () => !template.active);
	},
};

const FORM = {
	name: 'Second',
	fromName: 'Ana',
	fromEmail: 'ana@example.org',
	subject: 'News',
	language: 'en',
	reminder: 'You signed up.',
	company: 'MailOps',
	street: '1 Main St',
	city: 'Berlin',
	country: 'DE',
};
const AUDIENCE = { audience: byId('a1b2c3d4e5') };

export const audiences: Scenes<MailchimpService>['scenes'] = {
	'audience.create': ({ audiences: all }) => scene('audience.create', FORM, () => all.size - 1),
	'audience.create: an older one of its name is there': (mailchimp) => {
		addAudience(mailchimp, { name: 'Second' });
		return scene('audience.create', FORM, () => mailchimp.audiences.size - 2);
	},
	'audience.update': ({ audience: { info } }) =>
		scene('audience.update', { ...AUDIENCE, updateFields: { name: 'Third' } }, () => info.name === 'Third'),
	'audience.delete': ({ audiences: all }) =>
		scene('audience.delete', { ...AUDIENCE, confirmed: true }, () => all.size === 0),
};

const URL_THERE = 'https://hooks.example.org/mailchimp';
const HOOK = { ...AUDIENCE, url: URL_THERE, events: ['subscribe'] };

function withWebhook({ audience }: MailchimpService) {
	const webhook = {
		id: 'beef000001',
		url: URL_THERE,
		events: { subscribe: true },
		sources: { user: true, admin: true, api: true },
		list_id: audience.id,
	};
	audience.webhooks.set(webhook.id, webhook);
	return webhook;
}

const WEBHOOK = { ...AUDIENCE, webhook: byId('beef000001') };

export const webhooks: Scenes<MailchimpService>['scenes'] = {
	'webhook.create': ({ audience: { webhooks: all } }) => scene('webhook.create', HOOK, () => all.size),
	'webhook.create: with its secret': ({ audience: { webhooks: all } }) =>
		scene('webhook.create', { ...HOOK, showSecret: true }, () => all.size),
	'webhook.create: is there already': (mailchimp) => {
		withWebhook(mailchimp);
		return scene('webhook.create', HOOK, () => mailchimp.audience.webhooks.size - 1, { isRefused: true });
	},
	'webhook.update': (mailchimp) => {
		const webhook = withWebhook(mailchimp);
		return scene(
			'webhook.update',
			{ ...WEBHOOK, updateFields: { sources: ['user'] } },
			() => !webhook.sources.api,
		);
	},
	'webhook.delete': (mailchimp) => {
		withWebhook(mailchimp);
		return scene('webhook.delete', WEBHOOK, () => mailchimp.audience.webhooks.size === 0);
	},
};

export const campaigns: Scenes<MailchimpService>['scenes'] = {
	'campaign.create': ({ campaigns: all }) =>
		scene('campaign.create', { audience: byId('a1b2c3d4e5'), subject: 'News' }, () => all.size),
	'campaign.create: an older one like it is there': (mailchimp) => {
		withDraft(mailchimp);
		return scene(
			'campaign.create',
			{ audience: byId('a1b2c3d4e5'), subject: 'News' },
			() => mailchimp.campaigns.size - 1,
		);
	},
	'campaign.update': (mailchimp) => {
		const { settings } = withDraft(mailchimp);
		return scene(
			'campaign.update',
			{ ...CAMPAIGN, settings: { title: 'November' } },
			() => settings.title === 'November',
		);
	},
	'campaign.setContent': (mailchimp) => {
		const { content } = withDraft(mailchimp);
		return scene(
			'campaign.setContent',
			{ ...CAMPAIGN, html: '<p>New</p>' },
			() => content.html === '<p>New</p>',
		);
	},
	'campaign.send': (mailchimp) => {
		const campaign = withDraft(mailchimp);
		return scene('campaign.send', CAMPAIGN, () => campaign.sends);
	},
	'campaign.schedule': (mailchimp) => {
		const campaign = withDraft(mailchimp);
		return scene('campaign.schedule', { ...CAMPAIGN, time: TIME }, () => campaign.status === 'schedule');
	},
	'campaign.unschedule': (mailchimp) => {
		const campaign = withDraft(mailchimp, { status: 'schedule', send_time: TIME });
		return scene('campaign.unschedule', CAMPAIGN, () => campaign.status === 'save');
	},
	'campaign.sendTest': (mailchimp) => {
		const { tests } = withDraft(mailchimp);
		return scene('campaign.sendTest', { ...CAMPAIGN, addresses: 'ana@example.org' }, () => tests.length);
	},
	'campaign.cancel': (mailchimp) => {
		mailchimp.settings.pro = true;
		const campaign = withDraft(mailchimp, { status: 'sending', sends: 1 });
		return scene('campaign.cancel', CAMPAIGN, () => campaign.status === 'canceled');
	},
	'campaign.pause': (mailchimp) => {
		const campaign = withDraft(mailchimp, { type: 'rss', status: 'sending' });
		return scene('campaign.pause', CAMPAIGN, () => campaign.status === 'paused');
	},
	'campaign.resume': (mailchimp) => {
		const campaign = withDraft(mailchimp, { type: 'rss', status: 'paused' });
		return scene('campaign.resume', CAMPAIGN, () => campaign.status === 'sending');
	},
	'campaign.replicate': (mailchimp) => {
		withDraft(mailchimp);
		return scene('campaign.replicate', CAMPAIGN, () => mailchimp.campaigns.size - 1);
	},
	'campaign.replicate: an older copy is there': (mailchimp) => {
		withDraft(mailchimp);
		withDraft(mailchimp, { id: 'cafe000010', create_time: mailchimp.stamp() });
		return scene('campaign.replicate', CAMPAIGN, () => mailchimp.campaigns.size - 2);
	},
	'campaign.createResend': (mailchimp) => {
		const { activity } = withDraft(mailchimp, { status: 'sent', sends: 1 });
		for (const { id } of mailchimp.audience.members.values()) activity.set(id, []);
		return scene('campaign.createResend', CAMPAIGN, () => mailchimp.campaigns.size - 1);
	},
	'campaign.delete': (mailchimp) => {
		withDraft(mailchimp);
		return scene('campaign.delete', CAMPAIGN, () => mailchimp.campaigns.size === 0);
	},
};
