import { type Html, html, number } from '../../../shell/page/html';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Audience } from '../audience';
import type { Segment } from '../records';
import { membersOf } from '../segments';
import type { MailchimpService } from '../service';
import { audienceChoices, moment, recordsOf } from './words';

const TAB = '/mailchimp-segments';
const all = (service: MailchimpService) => recordsOf(service, ({ segments }) => segments.values());

export const segmentsView: View<MailchimpService> = {
	tab: 'mailchimp-segments',
	label: 'Mailchimp tags and segments',
	count: (service) => all(service).length,
	show(service, query: Query): Shown {
		const hit = searcher(query.q);
		const rows = all(service)
			.filter(({ audience }) => !query.audience || audience.id === query.audience)
			.filter(({ record }) => !query.type || record.type === query.type)
			.filter(({ audience, record }) => hit(`${record.name} ${audience.info.name}`));
		return {
			title: 'Mailchimp tags and segments',
			live: true,
			tools: searchForm(TAB, query, 'Name, audience…', {
				audience: audienceChoices(service),
				type: [
					['', 'Tags and segments'],
					['static', 'Tags'],
					['saved', 'Segments'],
				],
			}),
			shown:
				all(service).length === 0
					? empty('There is no tag or segment yet', 'They appear here as soon as a member gets a tag.')
					: tableOf(
							['Name', 'Kind', 'Who is in it', 'Audience', 'Changed (UTC)', { number: 'Members' }],
							pageOf(rows, query, TAB, 'segment'),
							({ audience, record }) => row(audience, record),
						),
		};
	},
};

function row(audience: Audience, segment: Segment): Html {
	const search = new URLSearchParams({ audience: audience.id, segment: String(segment.id) });
	return html`<tr>
		<td class="any"><a href="/mailchimp-members?${search.toString()}">${segment.name}</a></td>
		<td><span class="pill">${segment.type === 'static' ? 'tag' : 'segment'}</span></td>
		<td class="small any">${rulesOf(segment)}</td>
		<td class="any">${audience.info.name}</td>
		<td class="mono nowrap">${moment(segment.updated_at)}</td>
		<td class="num">${number(membersOf(audience, segment).length)}</td>
	</tr>`;
}

/** `FNAME contains An, or Interests interestcontains …`, in Mailchimp's own words. */
function rulesOf({ type, options: { match, conditions } }: Segment): string {
	if (type === 'static') return 'who was put in';
	if (conditions.length === 0) return 'everybody';
	return conditions
		.map(({ condition_type: kind, field, op, value }) =>
			[field ?? kind, op, Array.isArray(value) ? value.join(', ') : value]
				.filter((part) => part !== undefined && part !== '')
				.map(String)
				.join(' '),
		)
		.join(match === 'all' ? ', and ' : ', or ');
}
