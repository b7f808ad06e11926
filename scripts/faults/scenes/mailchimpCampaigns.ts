import type { Campaign } from '../../../sandbox/services/mailchimp/records';
import { writeMember } from '../../../sandbox/services/mailchimp/memberRules';
import type { MailchimpService } from '../../../sandbox/services/mailchimp/service';
import { byId, scene, type Scenes } from '../scene';

/** A draft that lacks nothing. */
function withDraft(mailchimp: MailchimpService, more: Partial<Campaign> = {}): Campaign {
	writeMember(mailchimp, mailchimp.audience, undefined, {
		given: { email_address: 'ana@example.org', status: 'subscribed' },
		expects: 'new',
		skipMergeValidation: true,
		source: 'admin',
	});
	const campaign: Campaign = {
		id: 'cafe000009',
		web_id: mailchimp.newId(),
		type: 'regular',
		create_time: '2020-01-01T00:00:00+00:00',
		status: 'save',
		send_time: '',
		emails_sent: 0,
		recipients: { list_id: mailchimp.audience.id },
		settings: { subject_line: 'News', title: '', from_name: 'Ana', reply_to: 'news@example.org' },
		tracking: {},
		content: { html: '<p>News</p>', plain_text: 'News' },
		sends: 0,
		...more,
	};
	mailchimp.campaigns.set(campaign.id, campaign);
	return campaign;
}

const CAMPAIGN = { campaign: byId('cafe000009') };
/** A day that has not come, on a quarter of an hour. */
const TIME = '2099-11-26T10:15:00.000Z';

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
	'campaign.delete': (mailchimp) => {
		withDraft(mailchimp);
		return scene('campaign.delete', CAMPAIGN, () => mailchimp.campaigns.size === 0);
	},
};
