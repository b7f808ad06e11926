import { type Html, html, number } from '../../../shell/page/html';
import { letterOf } from '../../../shell/page/letter';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Campaign, CampaignActivity } from '../records';
import { showReport } from '../reports';
import type { MailchimpService } from '../service';
import { DEEDS } from './history';
import { audienceChoices, moment, senderOf } from './words';

const TAB = '/mailchimp-campaigns';
const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const subjectOf = ({ settings }: Campaign) => text(settings.subject_line);
const titleOf = (campaign: Campaign) =>
	subjectOf(campaign) || text(campaign.settings.title) || '(no subject)';
const fromOf = ({ settings }: Campaign) => senderOf(settings.from_name, settings.reply_to);
const audienceOf = ({ audiences }: MailchimpService, { recipients }: Campaign) =>
	audiences.get(recipients.list_id ?? '');

const STATES: Record<Campaign['status'], [color: 'ok' | 'warn' | 'bad' | '', label: string]> = {
	save: ['', 'draft'],
	paused: ['warn', 'paused'],
	schedule: ['warn', 'scheduled'],
	sending: ['ok', 'being sent'],
	sent: ['ok', 'sent'],
	canceling: ['bad', 'being cancelled'],
	canceled: ['bad', 'cancelled'],
};

export const campaignsView: View<MailchimpService> = {
	tab: 'mailchimp-campaigns',
	label: 'Mailchimp campaigns',
	count: ({ campaigns }) => campaigns.size,
	show: campaignsList,
	one: campaignPage,
};

/** Drafts and what went out, newest first. */
function campaignsList(service: MailchimpService, query: Query): Shown {
	const hit = searcher(query.q);
	const rows = [...service.campaigns.values()]
		.filter(({ recipients }) => !query.audience || recipients.list_id === query.audience)
		.filter(({ status }) => !query.status || status === query.status)
		.filter((campaign) => hit(`${subjectOf(campaign)} ${text(campaign.settings.title)} ${fromOf(campaign)}`))
		.toReversed();
	return {
		title: 'Mailchimp campaigns',
		live: true,
		tools: searchForm(TAB, query, 'Subject, title, sender…', {
			audience: audienceChoices(service),
			status: [
				['', 'Every state'],
				...Object.entries(STATES).map(([status, [, label]]): [string, string] => [status, label]),
			],
		}),
		shown:
			service.campaigns.size === 0
				? empty('There is no campaign yet', 'Drafts and what was sent appear here as they look.')
				: tableOf(
						['Subject', 'State', 'Audience', 'Sender', 'Goes out (UTC)', { number: 'Sent to' }],
						pageOf(rows, query, TAB, 'campaign'),
						(campaign) => row(service, campaign),
					),
	};
}

function row(service: MailchimpService, campaign: Campaign): Html {
	const { id, status, settings, send_time: at, emails_sent: sent, sends } = campaign;
	const [color, label] = STATES[status];
	return html`<tr>
		<td class="any">
			<a href="${TAB}/${encodeURIComponent(id)}">${titleOf(campaign)}</a>
			${settings.title ? html`<br /><span class="soft small">${text(settings.title)}</span>` : ''}
		</td>
		<td><span class="pill ${color}">${label}</span></td>
		<td class="any">${audienceOf(service, campaign)?.info.name ?? ''}</td>
		<td class="small any">${fromOf(campaign)}</td>
		<td class="mono nowrap">${moment(at)}</td>
		<td class="num">${sends === 0 ? '' : number(sent)}</td>
	</tr>`;
}

/** One campaign as its reader would see it, and what became of it. */
function campaignPage(service: MailchimpService, id: string, query: Query): Shown | undefined {
	const campaign = service.campaigns.get(id);
	if (campaign === undefined) return undefined;
	const { settings, tracking, content, status, type, send_time: at } = campaign;
	const said = { ...settings, ...tracking, type, web_id: campaign.web_id };
	const letter = letterOf(
		{
			href: `${TAB}/${encodeURIComponent(id)}`,
			subject: subjectOf(campaign),
			fields: [
				['State', STATES[status][1]],
				[status === 'schedule' ? 'Goes out' : 'Sent', at === '' ? '' : `${moment(at)} UTC`],
				['Sender', fromOf(campaign)],
				['Audience', audienceOf(service, campaign)?.info.name ?? ''],
				['Goes to', goesTo(service, campaign)],
				['Title', text(settings.title)],
				['Preview', text(settings.preview_text)],
				['Tests', campaign.tests.map((addresses) => addresses.join(', ')).join('; ')],
				...reportOf(service, campaign),
				['ID', id],
			],
			files: [],
			html: content.html || undefined,
			text: content.plain_text || undefined,
			headers: Object.entries(said).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
		},
		query,
	);
	return {
		title: titleOf(campaign),
		live: false,
		shown: html`${letter}${campaign.sends === 0 ? '' : recipientsOf(service, campaign, query)}`,
	};
}

/** The part of the audience it is for; nothing for all of it. */
function goesTo(service: MailchimpService, campaign: Campaign): string {
	const { segment_opts: part } = campaign.recipients;
	if (part === undefined) return '';
	const { saved_segment_id: id, conditions } = part as { saved_segment_id?: number; conditions?: unknown[] };
	if (id === undefined) return conditions === undefined ? '' : 'those who fit its conditions';
	return audienceOf(service, campaign)?.segments.get(id)?.name ?? 'a segment that is gone';
}

function reportOf(service: MailchimpService, campaign: Campaign): Array<[string, string]> {
	if (campaign.sends === 0) return [];
	const { emails_sent: sent, opens, clicks, bounces, unsubscribed } = showReport(service, campaign);
	return [
		['Sent to', number(sent)],
		['Opened by', `${number(opens.unique_opens)} (${number(opens.opens_total)} in all)`],
		['Clicked by', `${number(clicks.unique_clicks)} (${number(clicks.clicks_total)} in all)`],
		['Bounced', number(bounces.hard_bounces + bounces.soft_bounces)],
		['Unsubscribed', number(unsubscribed)],
	];
}

function recipientsOf(service: MailchimpService, campaign: Campaign, query: Query): Html {
	const audience = audienceOf(service, campaign);
	const rows = [...campaign.activity];
	return html`<h3>Who got it</h3>
		${
			rows.length === 0
				? empty('Nobody got it', 'There was no subscribed member to send it to.')
				: tableOf(
						['Address', 'What they did'],
						pageOf(rows, query, `${TAB}/${encodeURIComponent(campaign.id)}`, 'recipient'),
						([hash, did]) =>
							html`<tr>
								<td class="any">
									${audience?.members.get(hash)?.email_address ?? 'not in the audience any more'}
								</td>
								<td class="small any">${did.map(deedOf).join('; ')}</td>
							</tr>`,
					)
		}`;
}

function deedOf({ action, timestamp, url, type, reason }: CampaignActivity): string {
	const about = url ?? type ?? reason ?? '';
	return `${DEEDS[action]} ${moment(timestamp)}${about === '' ? '' : ` (${about})`}`;
}
