import { html, number } from '../../../shell/page/html';
import { field } from '../../../shell/page/letter';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Audience } from '../audience';
import type { Member } from '../records';
import { membersOf } from '../segments';
import type { MailchimpService } from '../service';
import { historyOf } from './history';
import { audienceChoices, keyOf, moment, nameOf, recordsOf, STATUSES, statusPill } from './words';

const TAB = '/mailchimp-members';
const all = (service: MailchimpService) => recordsOf(service, ({ members }) => members.values());
const tagsOf = (audience: Audience, { id }: Member) => audience.tagsOf(id).map(({ name }) => name);

export const membersView: View<MailchimpService> = {
	tab: 'mailchimp-members',
	label: 'Mailchimp members',
	count: ({ audiences }) => [...audiences.values()].reduce((sum, { members }) => sum + members.size, 0),
	show: membersList,
	one: memberPage,
};

/** The members of all audiences, or of one and its segment, last changed first. */
function membersList(service: MailchimpService, query: Query): Shown {
	const hit = searcher(query.q);
	const everybody = all(service);
	const within = segmentOf(service, query);
	const rows = everybody
		.filter(
			({ audience, record }) =>
				(!query.audience || audience.id === query.audience) &&
				(!query.status || record.status === query.status) &&
				(within === undefined || within.has(record)),
		)
		.filter(
			({ audience, record }) =>
				!query.q || hit(`${record.email_address} ${nameOf(record)} ${tagsOf(audience, record).join(' ')}`),
		)
		.sort((a, b) => b.record.last_changed.localeCompare(a.record.last_changed));
	return {
		title: 'Mailchimp members',
		live: true,
		tools: searchForm(TAB, query, 'Address, name, tag…', {
			audience: audienceChoices(service),
			status: [
				['', 'Every status'],
				...Object.entries(STATUSES).map(([status, [, label]]): [string, string] => [status, label]),
			],
			...segmentChoices(service, query),
		}),
		shown:
			everybody.length === 0
				? empty(
						'Nobody is in an audience yet',
						'Members that are added or changed appear here with their tags.',
					)
				: tableOf(
						['Address', 'Name', 'Status', 'Tags', 'Audience', 'Changed (UTC)'],
						pageOf(rows, query, TAB, 'member'),
						({ audience, record, key }) =>
							html`<tr>
								<td class="any">
									<a href="${TAB}/${encodeURIComponent(key)}">${record.email_address}</a>
									${record.vip ? html`<span class="pill ok">VIP</span>` : ''}
								</td>
								<td class="any">${nameOf(record)}</td>
								<td>${statusPill(record)}</td>
								<td class="any">
									${tagsOf(audience, record).map((name) => html`<span class="pill">${name}</span> `)}
								</td>
								<td class="any">${audience.info.name}</td>
								<td class="mono nowrap">${moment(record.last_changed)}</td>
							</tr>`,
					),
	};
}

/** Who is in the segment that is looked at; undefined when none is. */
function segmentOf({ audiences }: MailchimpService, query: Query): Set<Member> | undefined {
	const audience = audiences.get(query.audience ?? '');
	const segment = audience?.segments.get(Number(query.segment));
	return audience && segment && new Set(membersOf(audience, segment));
}

/** The segments of the audience that is looked at. */
function segmentChoices(
	{ audiences }: MailchimpService,
	query: Query,
): Record<string, Array<[string, string]>> {
	const audience = audiences.get(query.audience ?? '');
	if (audience === undefined) return {};
	const segments = [...audience.segments.values()].map((segment): [string, string] => [
		String(segment.id),
		`${segment.name} (${number(membersOf(audience, segment).length)})`,
	]);
	return { segment: [['', 'All tags and segments'], ...segments] };
}

/** One member: what is known of it, and what happened to it. */
function memberPage(service: MailchimpService, id: string, query: Query): Shown | undefined {
	const found = all(service).find(({ key }) => key === id);
	if (found === undefined) return undefined;
	const { audience, record: member } = found;
	const path = `${TAB}/${encodeURIComponent(keyOf(audience, member))}`;
	return {
		title: member.email_address,
		live: true,
		shown: html`<div class="card pad">
				<h2>${member.email_address} ${statusPill(member)}</h2>
				<dl>
					${field('Name', nameOf(member))} ${field('Audience', audience.info.name)}
					${field('Tags', tagsOf(audience, member).join(', '))}
					${[...audience.mergeFields.values()].map(({ tag, name }) => field(name, textOf(member.merge_fields[tag])))}
					${field('Interests', interestsOf(audience, member).join(', '))}
					${field('Consents to', consentsOf(audience, member).join(', '))}
					${field('Subscribed', moment(member.timestamp_opt))}
					${field('Unsubscribed', moment(member.unsubscribed_at ?? ''))}
					${field('Reason', member.unsubscribe_reason ?? '')} ${field('Language', member.language)}
					${field('Emails as', member.email_type)} ${field('VIP', member.vip ? 'yes' : '')}
					${field('Source', member.source)} ${field('Last changed', moment(member.last_changed))}
					${field('ID', member.id)} ${field('Contact ID', member.contact_id)}
				</dl>
			</div>
			<h3>Notes</h3>
			${
				member.notes.size === 0
					? empty('There is no note', 'Notes on this member appear here.')
					: tableOf(
							['Time (UTC)', 'By', 'Note'],
							pageOf([...member.notes.values()].toReversed(), {}, path, 'note'),
							({ updated_at: at, created_by: by, note }) =>
								html`<tr>
									<td class="mono nowrap">${moment(at)}</td>
									<td class="small">${by}</td>
									<td class="any">${note}</td>
								</tr>`,
						)
			}
			<h3>History</h3>
			${tableOf(
				['Time (UTC)', 'What happened', 'About'],
				pageOf(historyOf(service, audience, member), query, path, 'happening'),
				({ at, what, about }) =>
					html`<tr>
						<td class="mono nowrap">${moment(at)}</td>
						<td class="nowrap">${what}</td>
						<td class="any">${about}</td>
					</tr>`,
			)}`,
	};
}

/** A merge field as a person reads it: an address without its brackets. */
function textOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? Object.values(value).filter(Boolean).join(', ') : String(value);
}

const interestsOf = ({ categories }: Audience, { interests: chosen }: Member): string[] =>
	[...categories.values()].flatMap(({ interests }) =>
		[...interests.values()].filter(({ id }) => chosen[id]).map(({ name }) => name),
	);

const consentsOf = ({ permissions }: Audience, { permissions: given }: Member): string[] =>
	permissions.filter(({ marketing_permission_id: id }) => given[id]).map(({ text }) => text);
