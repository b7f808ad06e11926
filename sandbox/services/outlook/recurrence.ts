import { badRequest } from './errors';
import type { Props } from './records';
import { momentOf } from './zones';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAY_MS = 24 * 3_600_000;
const MOST = 366;

interface Pattern {
	type?: string;
	interval?: number;
	daysOfWeek?: string[];
	firstDayOfWeek?: string;
	dayOfMonth?: number;
}
interface Range {
	type?: string;
	startDate?: string;
	endDate?: string;
	numberOfOccurrences?: number;
}

/** When the events of a series begin: daily, weekly and on a day of the month. @throws {GraphError} 400 */
export function occurrencesOf({ start, recurrence }: Props): number[] {
	const { pattern = {}, range = {} } = recurrence as { pattern?: Pattern; range?: Range };
	const { type: kind = '', interval = 1 } = pattern;
	const first = momentOf(start);
	if (range.type === 'numbered' && !(Number(range.numberOfOccurrences) > 0))
		throw badRequest('numberOfOccurrences must be above 0.', 'ErrorInvalidRecurrence');
	if (kind === 'weekly' && !pattern.daysOfWeek?.length)
		throw badRequest('A weekly recurrence names its days.', 'ErrorInvalidRecurrence');
	const last = range.type === 'endDate' ? Date.parse(`${range.endDate}T23:59:59Z`) : Infinity;
	if (last < first) throw badRequest('The recurrence ends before it begins.', 'ErrorInvalidRecurrence');
	const most = range.type === 'numbered' ? Math.min(MOST, Number(range.numberOfOccurrences)) : MOST;
	const found: number[] = [];
	for (let day = 0; found.length < most && day < MOST * 10; day++) {
		const at = first + day * DAY_MS;
		if (at > last) break;
		if (fits(kind, interval, pattern, first, at, day)) found.push(at);
	}
	if (found.length === 0 && last < Infinity)
		throw badRequest('The recurrence has no occurrence.', 'ErrorInvalidRecurrence');
	return found;
}

function fits(
	kind: string,
	interval: number,
	{ daysOfWeek = [], firstDayOfWeek = 'sunday', dayOfMonth }: Pattern,
	first: number,
	at: number,
	day: number,
): boolean {
	const date = new Date(at);
	if (kind === 'daily') return day % interval === 0;
	if (kind === 'weekly') {
		// Every so many weeks, counted from that of the start; a week begins on Sunday unless it says otherwise.
		const intoWeek = (new Date(first).getUTCDay() - DAYS.indexOf(firstDayOfWeek) + 7) % 7;
		const weeks = Math.floor((day + intoWeek) / 7);
		return weeks % interval === 0 && daysOfWeek.includes(DAYS[date.getUTCDay()]!);
	}
	return date.getUTCDate() === (dayOfMonth ?? new Date(first).getUTCDate());
}
