import { type Html, html } from '../../../shell/page/html';
import { letterOf } from '../../../shell/page/letter';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Mailbox } from '../mailbox';
import { type Item, type Props, textOf } from '../records';
import type { OutlookService } from '../service';
import { momentOf } from '../zones';
import { bodyOf, listOf, mailboxChoices, personOf, recordsOf } from './words';

const TAB = '/outlook-calendar';
const all = (service: OutlookService) => recordsOf(service, ({ events }) => events.items.values());
const calendarOf = ({ kinds }: Mailbox, { folder }: Item) =>
	textOf(kinds.calendar.items.get(folder)?.props.name) || 'Calendar';

export const eventsView: View<OutlookService> = {
	tab: 'outlook-calendar',
	label: 'Outlook calendar',
	count: (service) => all(service).length,
	show: eventsList,
	one: eventPage,
};

/** All calendars as one list of days, those of the past first. */
function eventsList(service: OutlookService, query: Query): Shown {
	const hit = searcher(query.q);
	const rows = all(service)
		.filter(({ mailbox }) => !query.mailbox || mailbox.address === query.mailbox)
		.filter(({ mailbox, item }) =>
			hit(
				`${mailbox.address} ${calendarOf(mailbox, item)} ${textOf(item.props.subject)} ${placeOf(item.props)} ${attendeesOf(item.props)}`,
			),
		)
		.sort((a, b) => momentOf(a.item.props.start) - momentOf(b.item.props.start));
	return {
		title: 'Outlook calendar',
		live: true,
		tools: searchForm(TAB, query, 'Subject, place, people…', { mailbox: mailboxChoices(service) }),
		shown:
			all(service).length === 0
				? empty('The calendars are empty', 'Events that are made or changed appear here.')
				: tableOf(
						['When', 'Subject', 'Where', 'Calendar', 'Mailbox'],
						pageOf(rows, query, TAB, 'event'),
						({ mailbox, item, key }) =>
							html`<tr>
								<td class="mono nowrap">${whenOf(item.props)}</td>
								<td class="any">
									<a href="${TAB}/${encodeURIComponent(key)}"
										>${textOf(item.props.subject) || '(no subject)'}</a
									>
									${pills(item.props)}
								</td>
								<td class="any">${placeOf(item.props)}</td>
								<td>${calendarOf(mailbox, item)}</td>
								<td class="any">${mailbox.address}</td>
							</tr>`,
					),
	};
}

function eventPage(service: OutlookService, id: string, query: Query): Shown | undefined {
	const found = all(service).find(({ key }) => key === id);
	if (found === undefined) return undefined;
	const { mailbox, item } = found;
	const { props } = item;
	const reminder =
		props.isReminderOn === true ? `${String(props.reminderMinutesBeforeStart)} minutes before` : '';
	return {
		title: textOf(props.subject) || 'Event',
		live: false,
		shown: letterOf(
			{
				href: `${TAB}/${encodeURIComponent(id)}`,
				subject: textOf(props.subject),
				fields: [
					['When', whenOf(props)],
					['Repeats', repeatsOf(props)],
					['Where', placeOf(props)],
					['Organizer', personOf(props.organizer)],
					['Attendees', attendeesOf(props)],
					['Calendar', `${calendarOf(mailbox, item)} of ${mailbox.address}`],
					['Shown as', textOf(props.showAs)],
					['Reminder', reminder],
					['Categories', listOf(props.categories)],
					['Cancelled', props.isCancelled === true ? 'yes' : ''],
				],
				files: [...item.attachments.values()].map(({ props: file, content }) => ({
					name: textOf(file.name),
					size: content.length,
					contentType: textOf(file.contentType),
				})),
				...bodyOf(props.body),
				headers: Object.entries(props).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
			},
			query,
		),
	};
}

/** `2026-12-01 09:00 – 10:00 Europe/Berlin`, as it was entered. */
function whenOf({ start, end, isAllDay }: Props): string {
	const [from, to] = [start, end].map((time) => time as { dateTime?: string; timeZone?: string } | undefined);
	const at = (time: typeof from) => (time?.dateTime ?? '').slice(0, 16).replace('T', ' ');
	if (isAllDay === true) return `${at(from).slice(0, 10)} – ${at(to).slice(0, 10)}, all day`;
	const isSameDay = at(from).slice(0, 10) === at(to).slice(0, 10) && from?.timeZone === to?.timeZone;
	const zone = from?.timeZone === to?.timeZone ? '' : ` ${from?.timeZone ?? 'UTC'}`;
	return `${at(from)}${zone} – ${isSameDay ? at(to).slice(11) : at(to)} ${to?.timeZone ?? 'UTC'}`;
}

const placeOf = ({ location, isOnlineMeeting }: Props): string =>
	[
		textOf((location as { displayName?: unknown } | undefined)?.displayName),
		isOnlineMeeting === true ? 'online' : '',
	]
		.filter(Boolean)
		.join(', ');

function attendeesOf({ attendees }: Props): string {
	const all = (attendees as Array<{ type?: string; status?: { response?: string } }> | undefined) ?? [];
	const more = ({ type, status }: (typeof all)[number]) =>
		[type === 'optional' || type === 'resource' ? type : '', status?.response ?? '']
			.filter((word) => word !== '' && word !== 'none')
			.join(', ');
	return all.map((one) => `${personOf(one)}${more(one) === '' ? '' : ` (${more(one)})`}`).join('; ');
}

function repeatsOf({ recurrence }: Props): string {
	const { pattern, range } = (recurrence as { pattern?: Props; range?: Props } | undefined) ?? {};
	if (pattern === undefined) return '';
	const days = listOf(pattern.daysOfWeek);
	const every = `${textOf(pattern.type)}, every ${String(pattern.interval ?? 1)}${days === '' ? '' : ` on ${days}`}`;
	const until = range?.type === 'endDate' ? ` until ${textOf(range.endDate)}` : '';
	const times = range?.type === 'numbered' ? `, ${String(range.numberOfOccurrences)} times` : '';
	return `${every}${until}${times}`;
}

const pills = ({ isCancelled, recurrence, isAllDay }: Props): Html[] =>
	[
		isCancelled === true && 'cancelled',
		recurrence !== undefined && recurrence !== null && 'series',
		isAllDay === true && 'all day',
	]
		.filter((word) => typeof word === 'string')
		.map((word) => html`<span class="pill">${word}</span>`);
