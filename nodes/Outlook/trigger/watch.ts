import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { BRIEF, SIMPLE } from '../api/messages';
import { calendarPath } from '../event/fields';
import { rootOf } from '../mailbox';
import type { Chosen } from './chosen';
import { ofGone } from './fate';

/** What a trigger looks at, and how (https://learn.microsoft.com/graph/delta-query-overview). */
export interface Watch {
	/** The folder or calendar as it was chosen, or its ID; '' for the usual calendar, and for contacts. */
	name: string;
	/** Where what changed is asked for. */
	path: string;
	query: IDataObject;
	/** Where a sample comes from. */
	samples: { path: string; query: IDataObject };
	/** Whether what is gone is wanted, what is there, or both. */
	wants: 'present' | 'gone' | 'both';
	/** The field that says when a row came or was changed, to tell what is older than the trigger. */
	time: 'receivedDateTime' | 'lastModifiedDateTime';
	/** Tells two changes of one row apart; a message comes once. */
	once: boolean;
	/** What each row says beside what Graph tells. */
	adds?: IDataObject;
	/** Days after which the look begins anew, where it is over a fixed time. */
	renewAfterDays?: number;
}

export const DAY_MS = 86_400_000;
/** What of a calendar is looked at, in days before and after today. */
export const CALENDAR = { before: 30, after: 365 };

/** The first of what is chosen, by which it is kept where the look at it has come to. */
export function firstOf({ event, folder, calendars }: Chosen): string {
	if (event === 'messageSent') return 'sentitems';
	return folder || (calendars[0] ?? '');
}

/** @param name the folder or the calendar */
export function watchOf(chosen: Chosen, name: string, client: Client, now: number): Watch {
	const root = rootOf(chosen.mailbox, client);
	if (chosen.event === 'contactChanged')
		return {
			name,
			path: `${root}/contacts/delta`,
			query: {},
			samples: { path: `${root}/contacts`, query: {} },
			wants: 'both',
			time: 'lastModifiedDateTime',
			once: false,
		};
	if (chosen.event === 'eventChanged') return calendar(chosen.mailbox, name, client, now);
	const list = `${root}${path`/mailFolders/${name}/messages`}`;
	const select = { $select: [...(chosen.withBody ? SIMPLE : BRIEF), 'lastModifiedDateTime'].join(',') };
	const changeType = changeTypeOf(chosen.event);
	return {
		name,
		path: `${list}/delta`,
		// What is there is known for the day on which Graph has forgotten how far the look had come.
		query: changeType === 'deleted' ? { $select: 'id' } : { ...select, changeType },
		samples: { path: list, query: { ...select, $orderby: 'receivedDateTime desc' } },
		wants: changeType === 'deleted' ? 'gone' : 'present',
		time: changeType === 'updated' ? 'lastModifiedDateTime' : 'receivedDateTime',
		once: changeType === 'created',
	};
}

/** What of a folder is asked for. */
export function changeTypeOf(event: string): 'created' | 'updated' | 'deleted' {
	if (ofGone.includes(event)) return 'deleted';
	return event === 'messageUpdated' ? 'updated' : 'created';
}

/** The view of a calendar; '' for the usual one. Events say in which calendar they are where it was chosen. */
export const calendarView = (mailbox: string, name: string, client: Client): string =>
	`${name === '' ? rootOf(mailbox, client) : calendarPath(mailbox, name, client)}/calendarView`;
export const inCalendar = (name: string): IDataObject => (name === '' ? {} : { calendarId: name });

/** “To track the changes in multiple calendars, you need to track each calendar individually” (https://learn.microsoft.com/graph/delta-query-events). */
function calendar(mailbox: string, name: string, client: Client, now: number): Watch {
	const list = calendarView(mailbox, name, client);
	const at = (days: number) => new Date(now + days * DAY_MS).toISOString();
	const window = { startDateTime: at(-CALENDAR.before), endDateTime: at(CALENDAR.after) };
	return {
		name,
		path: `${list}/delta`,
		query: window,
		samples: { path: list, query: window },
		adds: inCalendar(name),
		wants: 'both',
		time: 'lastModifiedDateTime',
		once: false,
		renewAfterDays: CALENDAR.before,
	};
}
