import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { BRIEF, SIMPLE } from '../api/messages';
import { rootOf } from '../mailbox';
import type { Chosen } from './chosen';
import { ofGone } from './fate';

/** What a trigger looks at, and how (https://learn.microsoft.com/graph/delta-query-overview). */
export interface Watch {
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
	/** Where several folders are looked at, which one it is: what is gone from one may go from another afterwards. */
	folder?: string;
	/** Days after which the look begins anew, where it is over a fixed time. */
	renewAfterDays?: number;
}

const DAY_MS = 86_400_000;
/** What of a calendar is looked at, in days before and after today. */
const CALENDAR = { before: 30, after: 365 };

export function watchOf(chosen: Chosen, client: Client, now: number): Watch {
	const root = rootOf(chosen.mailbox, client);
	if (chosen.event === 'contactChanged')
		return {
			path: `${root}/contacts/delta`,
			query: {},
			samples: { path: `${root}/contacts`, query: {} },
			wants: 'both',
			time: 'lastModifiedDateTime',
			once: false,
		};
	if (chosen.event === 'eventChanged') return calendar(root, now);
	const folder = chosen.event === 'messageSent' ? 'sentitems' : chosen.folder;
	const list = `${root}${path`/mailFolders/${folder}/messages`}`;
	const select = { $select: [...(chosen.withBody ? SIMPLE : BRIEF), 'lastModifiedDateTime'].join(',') };
	const changeType = changeTypeOf(chosen.event);
	return {
		path: `${list}/delta`,
		query: { ...select, changeType },
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

function calendar(root: string, now: number): Watch {
	const at = (days: number) => new Date(now + days * DAY_MS).toISOString();
	const window = { startDateTime: at(-CALENDAR.before), endDateTime: at(CALENDAR.after) };
	return {
		path: `${root}/calendarView/delta`,
		query: window,
		samples: { path: `${root}/calendarView`, query: window },
		wants: 'both',
		time: 'lastModifiedDateTime',
		once: false,
		renewAfterDays: CALENDAR.before,
	};
}
