import type { Given } from '../../shell/table/table';
import { newId } from './audience';
import { evaluate } from './conditions';
import { invalid } from './errors';
import type { Campaign, Condition, Member } from './records';
import { linksTo } from './resource';
import { membersOf } from './segments';
import type { MailchimpState } from './state';
import { filledIn } from './templates';

/** A draft, which nothing is known of yet. */
export const newCampaign = (state: MailchimpState, more: Partial<Campaign> = {}): Campaign => ({
	id: newId(),
	web_id: state.newId(),
	parent_campaign_id: '',
	type: 'regular',
	create_time: state.stamp(),
	status: 'save',
	send_time: '',
	emails_sent: 0,
	recipients: {},
	settings: { subject_line: '', title: '', from_name: '', reply_to: '' },
	tracking: { opens: true, html_clicks: true, text_clicks: false },
	content: { html: '', plain_text: '' },
	sends: 0,
	tests: [],
	activity: new Map(),
	...more,
});

export function addCampaign(state: MailchimpState, given: Given): Campaign {
	const campaign = newCampaign(state, { type: String(given.type) });
	writeCampaign(state, campaign, given);
	state.campaigns.set(campaign.id, campaign);
	return campaign;
}

export function writeCampaign(
	state: MailchimpState,
	campaign: Campaign,
	{ recipients, settings, tracking }: Given,
): void {
	if (recipients !== undefined) {
		const to = recipients as Campaign['recipients'];
		const audience = state.audiences.get(to.list_id ?? '');
		if (!audience) throw invalid('The audience does not exist.');
		const { saved_segment_id: segment } = (to.segment_opts ?? {}) as { saved_segment_id?: number };
		if (segment !== undefined && !audience.segments.has(segment))
			throw invalid('The segment does not exist in this audience.');
		campaign.recipients = to;
	}
	Object.assign(campaign.settings, settings);
	Object.assign(campaign.tracking, tracking);
}

interface SegmentOptions {
	saved_segment_id?: number;
	match?: 'any' | 'all';
	conditions?: Condition[];
}

/** To whom it goes now: the subscribed ones of its audience, or of its segment. */
export function recipientsOf(state: MailchimpState, { recipients }: Campaign): Member[] {
	const audience = state.audiences.get(recipients.list_id ?? '');
	if (!audience) return [];
	const {
		saved_segment_id: id,
		match = 'all',
		conditions,
	} = (recipients.segment_opts ?? {}) as SegmentOptions;
	const segment = id === undefined ? undefined : audience.segments.get(id);
	const all = segment ? membersOf(audience, segment) : [...audience.members.values()];
	const subscribed = all.filter(({ status }) => status === 'subscribed');
	if (conditions === undefined) return subscribed;
	const meets = (member: Member, condition: Condition) =>
		ofCampaigns(state, member, condition) ??
		evaluate(audience, member, { match: 'all', conditions: [condition] });
	return subscribed.filter((member) =>
		match === 'any'
			? conditions.some((condition) => meets(member, condition))
			: conditions.every((condition) => meets(member, condition)),
	);
}

/** Conditions on what somebody did with a campaign, or on whether they are newer; undefined for all others. */
function ofCampaigns(state: MailchimpState, member: Member, condition: Condition): boolean | undefined {
	const { condition_type: type, op = '', value } = condition;
	if (type === 'Aim') {
		const campaign = [...state.campaigns.values()].find(({ web_id }) => String(web_id) === String(value));
		const did = campaign?.activity.get(member.id);
		const is = {
			sent: did !== undefined,
			open: did?.some(({ action }) => action === 'open') ?? false,
			click: did?.some(({ action }) => action === 'click') ?? false,
		}[op.replace(/^no/, '')];
		return is === undefined ? undefined : is !== op.startsWith('no');
	}
	if (type === 'Date' && value === 'date')
		return member.timestamp_opt.slice(0, 10) >= String((condition as { extra?: string }).extra);
	return undefined;
}

/** @throws {MailchimpError} 400 without any, and for a template or a section that is not there */
export function setContent(
	state: MailchimpState,
	campaign: Campaign,
	{ html, plain_text: text, template, url }: Given,
): void {
	if (html === undefined && text === undefined && template === undefined && url === undefined)
		throw invalid('The content needs html, plain_text, url or template.');
	if (html !== undefined) campaign.content.html = String(html);
	if (template !== undefined) {
		const { id, sections = {} } = template as { id: number; sections?: Given };
		const found = state.templates.get(id);
		if (!found?.active) throw invalid('The template does not exist.');
		campaign.content.html = filledIn(found, sections);
	}
	campaign.content.plain_text =
		text === undefined ? campaign.content.html.replaceAll(/<[^>]*>/g, '') : String(text);
}

export function showCampaign(state: MailchimpState, campaign: Campaign) {
	const { content, sends: _sends, tests: _tests, activity: _activity, ...own } = campaign;
	const audience = state.audiences.get(campaign.recipients.list_id ?? '');
	return {
		...own,
		archive_url: `http://eepurl.com/${campaign.id}`,
		long_archive_url: `https://mailchi.mp/${campaign.id}`,
		content_type: content.html === '' ? 'template' : 'html',
		recipients: {
			segment_text: '',
			recipient_count: recipientsOf(state, campaign).length,
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
export function checklist(state: MailchimpState, campaign: Campaign) {
	const { settings, recipients, content } = campaign;
	const audience = state.audiences.get(recipients.list_id ?? '');
	const checks: Array<[id: number, heading: string, isFine: boolean, details: string]> = [
		[502, 'List', audience !== undefined, 'Choose an audience to send to.'],
		[501, 'Subscribers', recipientsOf(state, campaign).length > 0, 'There is nobody to send to.'],
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
