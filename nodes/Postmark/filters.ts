import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../core/node/parameters/reader';
import { byDisplayName } from '../../core/node/properties';
import { wallClock, type Time } from '../../core/node/parameters/time';

/** “Our API uses Eastern Time Zone” (https://postmarkapp.com/developer/api/bounce-api#bounces). */
const ZONE = 'America/New_York';

/** A moment as Postmark's searches take it. A mere day stays one, and is then a day of the US East Coast. */
export const postmarkTime = ({ day, at }: Time): string => (at === undefined ? day : wallClock(at, ZONE));

export const fromDateFilter: INodeProperties = {
	displayName: 'From Date',
	name: 'fromDate',
	type: 'dateTime',
	default: '',
	description:
		'Only what happened at this time or later. A day without a time, such as 2026-11-21, is a day on the US East Coast, where Postmark’s days begin.',
};

export const toDateFilter: INodeProperties = {
	displayName: 'To Date',
	name: 'toDate',
	type: 'dateTime',
	default: '',
	description: 'Only what happened up to this time, or up to the end of this day when it has no time',
};

export const fromDayFilter: INodeProperties = {
	...fromDateFilter,
	description: 'The first day to count. Postmark’s days begin at midnight on the US East Coast.',
};

export const toDayFilter: INodeProperties = {
	...toDateFilter,
	description: 'The last day to count, the whole of it',
};

export const tagFilter: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	placeholder: 'e.g. welcome',
	description: 'Only emails that were sent with exactly this tag',
};

export const streamFilter: INodeProperties = {
	displayName: 'Message Stream Name or ID',
	name: 'messageStream',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getSendingStreams' },
	default: '',
	description:
		'Only emails of this message stream. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** The "Filters" of an operation. Their order is the alphabet's. */
export const filtersOf = (fields: INodeProperties[], description?: string): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: description ?? 'Only what matches all of these',
	options: byDisplayName(fields),
});

/** The filters that were filled in, under Postmark's names for them. `names`: field → parameter. */
export function queryOf(
	filters: ParameterReader,
	names: Record<string, string>,
	dates: 'times' | 'days' = 'times',
): IDataObject {
	const query: IDataObject = {};
	for (const [field, parameter] of Object.entries(names))
		if (filters.has(field)) query[parameter] = filters.text(field);
	const [from, to] = ['fromDate', 'toDate'].map((name) => {
		const time = filters.declares(name) ? filters.time(name) : undefined;
		return time && (dates === 'days' ? time.day : postmarkTime(time));
	});
	// A day compares with a moment of it as its beginning, which is right for the first date and kind for the last.
	if (from !== undefined && to !== undefined && from.slice(0, 10) > to.slice(0, 10))
		throw filters.fieldError(
			'toDate',
			`lies before '${filters.label('fromDate')}'`,
			'Exchange the two dates.',
		);
	return { ...query, ...(from && { fromdate: from }), ...(to && { todate: to }) };
}
