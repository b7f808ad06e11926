import type { IDataObject } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { wallClock } from '../../../core/node/parameters/time';
import { truncate } from '../../../core/text';

/** A moment as Graph writes it: what a zone's clocks show. */
export interface ZonedTime extends IDataObject {
	dateTime: string;
	timeZone: string;
}

const LOCAL = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?$/;

const isIana = (zone: string): boolean => {
	try {
		new Intl.DateTimeFormat('en', { timeZone: zone });
		return true;
	} catch {
		return false;
	}
};

/** `2026-12-01` → `2026-12-02` */
const dayAfter = (day: string): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/**
 * A date field in a zone: text without a zone of its own is what the zone's clocks show. Windows' names of zones go to
 * Outlook as they are; a moment is then given in UTC.
 */
export function readZoned(item: ParameterReader, name: string, zone: string): ZonedTime | undefined {
	const [, day, clock] = LOCAL.exec(String(item.value(name) ?? '').trim()) ?? [];
	if (day !== undefined && clock !== undefined)
		return { dateTime: `${day}T${clock.length === 5 ? `${clock}:00` : clock}`, timeZone: zone };
	const time = item.time(name);
	if (time === undefined) return undefined;
	if (time.at === undefined) return { dateTime: `${time.day}T00:00:00`, timeZone: zone };
	return isIana(zone)
		? { dateTime: wallClock(time.at, zone), timeZone: zone }
		: { dateTime: time.at.toISOString().slice(0, 19), timeZone: 'UTC' };
}

/** When an event is. @throws {ServiceError} for one that ends before it begins */
export function readSpan(
	item: ParameterReader,
	{ allDay, zone, endZone }: { allDay: boolean; zone: string; endZone: string },
): { start?: ZonedTime; end?: ZonedTime } {
	const [start, end] = [readZoned(item, 'start', zone), readZoned(item, 'end', endZone)];
	const span = allDay
		? {
				...(start === undefined
					? {}
					: { start: { ...start, dateTime: `${start.dateTime.slice(0, 10)}T00:00:00` } }),
				// The last day is meant to be one of its days.
				...(end === undefined
					? {}
					: { end: { ...end, dateTime: `${dayAfter(end.dateTime.slice(0, 10))}T00:00:00` } }),
			}
		: { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
	const { start: from, end: until } = span;
	if (from && until && from.timeZone === until.timeZone && until.dateTime < from.dateTime)
		throw item.fieldError(
			'end',
			`(${truncate(until.dateTime)}) is before 'Start' (${truncate(from.dateTime)})`,
			'Check both dates, and the columns that their expressions refer to.',
		);
	return span;
}
