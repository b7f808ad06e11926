import { writeMember } from '../../../../sandbox/services/mailchimp/memberRules';
import { newCampaign } from '../../../../sandbox/services/mailchimp/campaignRecords';
import type { Campaign } from '../../../../sandbox/services/mailchimp/records';
import type { MailchimpService } from '../../../../sandbox/services/mailchimp/service';
import { byId } from '../../../../scripts/faults/scene';

export function withMember(mailchimp: MailchimpService, email_address: string) {
	return writeMember(mailchimp, mailchimp.audience, undefined, {
		given: { email_address, status: 'subscribed' },
		expects: 'new',
		skipMergeValidation: true,
		source: 'admin',
	}).member;
}

/** A campaign that lacks nothing, and how it is chosen. */
export function withCampaign(mailchimp: MailchimpService, more: Partial<Campaign> = {}) {
	const campaign = newCampaign(mailchimp, {
		recipients: { list_id: mailchimp.audience.id },
		settings: {
			subject_line: 'News 🎉',
			title: 'November',
			from_name: 'Ana',
			reply_to: 'news@example.org',
		},
		content: { html: '<p>你好</p>', plain_text: '你好' },
		...more,
	});
	mailchimp.campaigns.set(campaign.id, campaign);
	return { campaign, chosen: { campaign: byId(campaign.id) } };
}
