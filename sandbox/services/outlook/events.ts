import { type Api, type Asked, listOf } from './api';
import { badRequest, notFound } from './errors';
import type { Mailbox } from './mailbox';
import { messageView } from './messageView';
import { select } from './odata';
import { occurrencesOf } from './recurrence';
import { idOf, type Item, type Props } from './records';
import { inZone, momentOf, zones } from './zones';

const DEFAULTS: Props = {
	importance: 'normal',
	sensitivity: 'normal',
	showAs: 'busy',
	isAllDay: false,
	isCancelled: false,
	isOrganizer: true,
	isReminderOn: true,
	reminderMinutesBeforeStart: 15,
	type: 'singleInstance',
	categories: [],
	attendees: [],
	responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
};

/** @throws {GraphError} 404 */
export function eventOf({ mailbox, params }: Asked): Item {
	const found = mailbox.events.find(params.event ?? '');
	if (found === undefined) throw notFound();
	return found;
}

/** The times as the request wants them (`Prefer: outlook.timezone="…"`). */
export function eventView(item: Item, asked: Asked): Props {
	const { parentFolderId: _folder, ...row } = messageView(item, asked);
	const zone = /outlook\.timezone="([^"]+)"/i.exec(asked.prefer)?.[1] ?? 'UTC';
	const told = (value: unknown) => (value === undefined ? undefined : inZone(momentOf(value), zone));
	const { start, end } = item.props as { start?: { timeZone?: string }; end?: { timeZone?: string } };
	return {
		...row,
		type: item.props.recurrence ? 'seriesMaster' : 'singleInstance',
		originalStartTimeZone: start?.timeZone ?? 'UTC',
		originalEndTimeZone: end?.timeZone ?? 'UTC',
		start: told(item.props.start),
		end: told(item.props.end),
	};
}

export function calendarOf(asked: Asked): string {
	const { calendar } = asked.params;
	if (calendar === undefined) return asked.mailbox.calendar.id;
	const found = asked.mailbox.kinds.calendar.find(calendar);
	if (found === undefined) throw notFound();
	return found.id;
}

/** The event of a path, which must be in the calendar of the path. @throws {GraphError} 404 */
function eventIn(asked: Asked): Item {
	const item = eventOf(asked);
	const isOfCalendar = /^\/(?:me|users\/[^/]+)\/calendars?\//.test(asked.path);
	if (isOfCalendar && item.folder !== calendarOf(asked)) throw notFound();
	return item;
}

/** @throws {GraphError} 400 */
function check(props: Props): void {
	const [start, end] = [momentOf(props.start), momentOf(props.end)];
	if (end < start)
		throw badRequest('The start of the event must be before its end.', 'ErrorPropertyValidationFailure');
	const isMidnight = [props.start, props.end].every(
		(time) => (time as { dateTime: string }).dateTime.slice(11, 19) === '00:00:00',
	);
	if (props.isAllDay === true && (!isMidnight || start === end))
		throw badRequest(
			'The Event.Start and End of an all-day event must be midnights, at least one day apart.',
			'ErrorPropertyValidationFailure',
		);
	if (props.recurrence) occurrencesOf(props);
}

function add(asked: Asked): Props {
	const { mailbox, body } = asked;
	if (body.start === undefined || body.end === undefined)
		throw badRequest('The event needs a start and an end.', 'ErrorInvalidArgument');
	const twin = [...mailbox.events.items.values()].find(
		({ props }) => body.transactionId !== undefined && props.transactionId === body.transactionId,
	);
	asked.reply.code(201);
	if (twin) return eventView(twin, asked);
	check(body);
	const made = mailbox.events.add(calendarOf(asked), {
		...DEFAULTS,
		organizer: { emailAddress: { name: '', address: mailbox.address } },
		...body,
		iCalUId: `0400000082${mailbox.next()}`,
	});
	return eventView(made, asked);
}

export function eventRoutes(api: Api): void {
	const told = ({ mailbox: { calendar }, immutable }: Asked) => {
		const { singleValueExtendedProperties: _own, ...props } = calendar.props;
		return { ...props, id: idOf(calendar, immutable) };
	};
	api.on('GET', '/calendar', told);
	api.on('PATCH', '/calendar', (asked) => {
		const { mailbox, body } = asked;
		if (body.isDefaultCalendar === false)
			throw badRequest('A mailbox needs a default calendar.', 'ErrorInvalidArgument');
		mailbox.kinds.calendar.touch(mailbox.calendar, body);
		return told(asked);
	});
	for (const root of ['', '/calendar', '/calendars/:calendar']) {
		api.on('GET', `${root}/events`, (asked) =>
			listOf(
				asked.mailbox.events.in(calendarOf(asked)).map((item) => eventView(item, asked)),
				asked,
				api.url,
			),
		);
		api.on('POST', `${root}/events`, (asked) => add(asked));
		api.on('GET', `${root}/calendarView`, (asked) => view(asked, api));
	}
	const remove = (asked: Asked) => {
		asked.mailbox.events.remove(eventIn(asked));
		asked.reply.code(204);
		return undefined;
	};
	for (const root of ['', '/calendar', '/calendars/:calendar']) {
		api.on('GET', `${root}/events/:event`, (asked) =>
			select(eventView(eventIn(asked), asked), asked.query.$select, asked.query.$expand),
		);
		api.on('PATCH', `${root}/events/:event`, (asked) => {
			const item = eventIn(asked);
			check({ ...item.props, ...asked.body });
			asked.mailbox.events.touch(item, asked.body);
			return eventView(item, asked);
		});
		api.on('DELETE', `${root}/events/:event`, remove);
	}
	api.on('GET', '/events/:event/calendar', (asked) => {
		const { kinds } = asked.mailbox;
		const calendar = kinds.calendar.items.get(eventOf(asked).folder);
		if (calendar === undefined) throw notFound();
		return { ...calendar.props, id: idOf(calendar, asked.immutable) };
	});
	api.on('POST', '/events/:event/permanentDelete', remove);
	api.on('GET', '/events/:event/instances', (asked) => view(asked, api, eventOf(asked)));
	answerRoutes(api);
	scheduleRoutes(api);
}

/** Whether a row is in the time that a query names. @throws {GraphError} 400 without one */
export function windowOf({ startDateTime, endDateTime }: Record<string, string>): (row: Props) => boolean {
	if (!startDateTime || !endDateTime)
		throw badRequest(
			'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
			'ErrorInvalidParameter',
		);
	const [from, until] = [startDateTime, endDateTime].map((text) =>
		momentOf({ dateTime: text, timeZone: 'UTC' }),
	) as [number, number];
	return ({ start, end }) => momentOf(start) < until && momentOf(end) > from;
}

/** The same for an event, or any one of its series. */
export function isWithin(query: Record<string, string>, item: Item, asked: Asked): boolean {
	const isIn = windowOf(query);
	return instances(item, asked).some(isIn);
}

/** Each event of a time, those of a series one by one. */
function view(asked: Asked, api: Api, of?: Item): Props {
	const isIn = windowOf(asked.query);
	const items = of ? [of] : asked.mailbox.events.in(calendarOf(asked));
	const rows = items.flatMap((item) => instances(item, asked).filter(isIn));
	return listOf(
		rows.sort((a, b) => momentOf(a.start) - momentOf(b.start)),
		asked,
		api.url,
	);
}

function instances(item: Item, asked: Asked): Props[] {
	const whole = eventView(item, asked);
	if (!item.props.recurrence) return [whole];
	const length = momentOf(item.props.end) - momentOf(item.props.start);
	const zone = (whole.start as { timeZone: string }).timeZone;
	return occurrencesOf(item.props).map((at) => ({
		...whole,
		id: `${String(whole.id)}.${at}`,
		type: 'occurrence',
		seriesMasterId: idOf(item, asked.immutable),
		recurrence: null,
		start: inZone(at, zone),
		end: inZone(at + length, zone),
	}));
}

function answerRoutes(api: Api): void {
	for (const [name, response] of [
		['accept', 'accepted'],
		['decline', 'declined'],
		['tentativelyAccept', 'tentativelyAccepted'],
	] as const)
		api.on('POST', `/events/:event/${name}`, (asked) => {
			const item = eventOf(asked);
			if (item.props.isOrganizer !== false)
				throw badRequest("You can't respond to a meeting that you organize.", 'ErrorInvalidRequest');
			asked.mailbox.events.touch(item, {
				responseStatus: { response, time: new Date().toISOString() },
				answered: [...((item.props.answered as unknown[] | undefined) ?? []), response],
			});
			asked.reply.code(202);
			return undefined;
		});
	api.on('POST', '/events/:event/cancel', (asked) => {
		const item = eventOf(asked);
		if (item.props.isOrganizer === false)
			throw badRequest('Only the organizer may cancel the meeting.', 'ErrorInvalidRequest');
		asked.mailbox.events.remove(item);
		asked.reply.code(202);
		return undefined;
	});
	api.on('POST', '/events/:event/forward', (asked) => {
		const item = eventOf(asked);
		const { toRecipients = [] } = asked.body as { toRecipients?: unknown[] };
		if (toRecipients.length === 0) throw badRequest('toRecipients is missing.', 'ErrorInvalidParameter');
		asked.mailbox.events.touch(item, {
			forwarded: [...((item.props.forwarded as unknown[] | undefined) ?? []), ...toRecipients],
		});
		asked.reply.code(202);
		return undefined;
	});
}

function scheduleRoutes(api: Api): void {
	api.on('POST', '/calendar/getSchedule', (asked) => {
		const {
			schedules = [],
			startTime,
			endTime,
			availabilityViewInterval = 30,
		} = asked.body as {
			schedules?: string[];
			startTime?: unknown;
			endTime?: unknown;
			availabilityViewInterval?: number;
		};
		const [from, until] = [momentOf(startTime), momentOf(endTime)];
		if (until <= from) throw badRequest('The end must be after the start.', 'ErrorInvalidParameter');
		return {
			value: schedules.map((scheduleId) =>
				schedule(scheduleId, { from, until, stepMs: availabilityViewInterval * 60_000 }, api, asked),
			),
		};
	});
	api.on('POST', '/findMeetingTimes', (asked) => {
		const { timeConstraint } = asked.body as {
			timeConstraint?: { timeSlots?: Array<{ start: unknown; end: unknown }> };
		};
		const slot = timeConstraint?.timeSlots?.[0];
		if (slot === undefined) return { emptySuggestionsReason: 'unknown', meetingTimeSuggestions: [] };
		const at = momentOf(slot.start);
		return {
			emptySuggestionsReason: '',
			meetingTimeSuggestions: [
				{
					confidence: 100,
					order: 1,
					meetingTimeSlot: { start: inZone(at, 'UTC'), end: inZone(at + 1_800_000, 'UTC') },
				},
			],
		};
	});
	api.on('GET', '/outlook/supportedTimeZones', () => ({ value: zones() }));
}

interface Frame {
	from: number;
	until: number;
	stepMs: number;
}

function schedule(scheduleId: string, { from, until, stepMs }: Frame, api: Api, asked: Asked): Props {
	const other: Mailbox | undefined = local(api, scheduleId);
	if (other === undefined)
		return {
			scheduleId,
			error: {
				responseCode: 'ErrorMailRecipientNotFound',
				message: 'Unable to resolve e-mail address to an Active Directory object.',
			},
		};
	const busy = [...other.events.items.values()]
		.flatMap((item) => instances(item, asked))
		.map(({ start, end, showAs }) => ({
			status: showAs,
			start,
			end,
			from: momentOf(start),
			until: momentOf(end),
		}));
	const view = Array.from({ length: Math.ceil((until - from) / stepMs) }, (_, i) => {
		const at = from + i * stepMs;
		return busy.some((one) => one.from < at + stepMs && one.until > at) ? '2' : '0';
	}).join('');
	return {
		scheduleId,
		availabilityView: view,
		scheduleItems: busy
			.filter((one) => one.from < until && one.until > from)
			.map(({ status, start, end }) => ({ status, start, end })),
	};
}

const local = (api: Api, address: string): Mailbox | undefined =>
	(api as Api & { local(address: string): Mailbox | undefined }).local(address);
