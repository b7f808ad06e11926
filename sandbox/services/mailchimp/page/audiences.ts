import { type Html, html, number } from '../../../shell/page/html';
import { field } from '../../../shell/page/letter';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Audience } from '../audience';
import type { Status } from '../records';
import type { MailchimpService } from '../service';
import { moment, senderOf } from './words';

const TAB = '/mailchimp-audiences';
const COUNTED: ReadonlyArray<[Status, heading: string]> = [
	['subscribed', 'Subscribed'],
	['unsubscribed', 'Unsubscribed'],
	['pending', 'Not confirmed'],
	['cleaned', 'Cleaned'],
	['transactional', 'Not subscribed'],
	['archived', 'Archived'],
];

export const audiencesView: View<MailchimpService> = {
	tab: 'mailchimp-audiences',
	label: 'Mailchimp audiences',
	count: ({ audiences }) => audiences.size,
	show: audiencesList,
	one: audiencePage,
};

/** The audiences, with how many of their members have which status. */
function audiencesList({ audiences }: MailchimpService, query: Query): Shown {
	const hit = searcher(query.q);
	const found = [...audiences.values()].filter(({ id, info }) => hit(`${info.name} ${id}`));
	return {
		title: 'Mailchimp audiences',
		live: true,
		tools: searchForm(TAB, query, 'Name or ID…'),
		shown:
			audiences.size === 0
				? empty('There is no audience', 'Audiences and how many members they have appear here.')
				: tableOf(
						[
							'Audience',
							'ID',
							...COUNTED.map(([, heading]) => ({ number: heading })),
							{ number: 'Deleted for good' },
						],
						pageOf(found, query, TAB, 'audience'),
						row,
					),
	};
}

function row(audience: Audience): Html {
	const members = (status: Status) => {
		const search = new URLSearchParams({ audience: audience.id, status });
		return html`<td class="num">
			<a href="/mailchimp-members?${search.toString()}">${number(audience.count(status))}</a>
		</td>`;
	};
	return html`<tr>
		<td class="any"><a href="${TAB}/${encodeURIComponent(audience.id)}">${audience.info.name}</a></td>
		<td class="mono">${audience.id}</td>
		${COUNTED.map(([status]) => members(status))}
		<td class="num">${number(audience.forgotten.size)}</td>
	</tr>`;
}

function audiencePage({ audiences }: MailchimpService, id: string): Shown | undefined {
	const audience = audiences.get(id);
	if (audience === undefined) return undefined;
	const { info, mergeFields, categories } = audience;
	const { campaign_defaults: defaults } = info;
	const groups = [...categories.values()].map(
		({ title, interests }) => `${title}: ${[...interests.values()].map(({ name }) => name).join(', ')}`,
	);
	return {
		title: info.name,
		live: true,
		shown: html`<div class="card pad">
				<h2>${info.name}</h2>
				<dl>
					${field('ID', audience.id)} ${field('Made', `${moment(audience.createdAt)} UTC`)}
					${field('Sender', senderOf(defaults.from_name, defaults.from_email))}
					${field('Subject', defaults.subject ?? '')} ${field('Language', defaults.language ?? '')}
					${field('Company', Object.values(info.contact).filter(Boolean).join(', '))}
					${field('Why people get it', info.permission_reminder)}
					${field('Confirming', info.double_optin ? 'new members confirm by email' : 'not asked for')}
					${field('Interests', groups.join('; '))}
					${field('Marketing permissions', info.marketing_permissions ? 'asked for' : '')}
				</dl>
			</div>
			<h3>Merge fields</h3>
			${
				mergeFields.size === 0
					? empty('There is no merge field', 'What the audience keeps of each member beside the address.')
					: tableOf(
							['Tag', 'Name', 'Type', 'Required', 'Choices'],
							pageOf([...mergeFields.values()], {}, TAB, 'merge field'),
							({ tag, name, type, required, options }) =>
								html`<tr>
									<td class="mono">${tag}</td>
									<td class="any">${name}</td>
									<td class="small">${type}</td>
									<td>${required ? html`<span class="pill warn">required</span>` : ''}</td>
									<td class="small any">${(options.choices ?? []).join(', ')}</td>
								</tr>`,
						)
			}`,
	};
}
