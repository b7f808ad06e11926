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
	month?: number;
	index?: string;
}
interface Range {
	type?: string;
	startDate?: string;
	endDate?: string;
	numberOfOccurrences?: number;
}

const INDEXES = ['first', 'second', 'third', 'fourth', 'last'];

/** When the events of a series begin, ten years ahead at most. @throws {GraphError} 400 */
export function occurrencesOf({ start, recurrence }: Props): number[] {
	const { pattern = {}, range = {} } = recurrence as { pattern?: Pattern; range?: Range };
	const { type: kind = '', interval = 1 } = pattern;
	const first = momentOf(start);
	if (range.type === 'numbered' && !(Number(range.numberOfOccurrences) > 0))
		throw badRequest('numberOfOccurrences must be above 0.', 'ErrorInvalidRecurrence');
	if (/^(?:weekly|relative)/.test(kind) && !pattern.daysOfWeek?.length)
		throw badRequest('A recurrence on days of the week names them.', 'ErrorInvalidRecurrence');
	if (pattern.index !== undefined && !INDEXES.includes(pattern.index))
		throw badRequest('The index is not one of week indexes.', 'ErrorInvalidRecurrence');
	if (/Yearly$/.test(kind) && !(Number(pattern.month) >= 1 && Number(pattern.month) <= 12))
		throw badRequest('A yearly recurrence names its month.', 'ErrorInvalidRecurrence');
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
	{ daysOfWeek = [], firstDayOfWeek = 'sunday', dayOfMonth, month, index = 'first' }: Pattern,
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
	const begin = new Date(first);
	const months =
		(date.getUTCFullYear() - begin.getUTCFullYear()) * 12 + date.getUTCMonth() - begin.getUTCMonth();
	const isYearly = kind.endsWith('Yearly');
	if (isYearly && date.getUTCMonth() + 1 !== month) return false;
	if (months % (isYearly ? 12 * interval : interval) !== 0) return false;
	if (!kind.startsWith('relative')) return date.getUTCDate() === (dayOfMonth ?? begin.getUTCDate());
	return daysOfWeek.includes(DAYS[date.getUTCDay()]!) && isThe(index, date, daysOfWeek);
}

/** Whether a day is the first, or the last, of these days of the week in its month. */
function isThe(index: string, date: Date, daysOfWeek: string[]): boolean {
	const isLast = index === 'last';
	const other = new Date(date);
	let between = 0;
	for (;;) {
		other.setUTCDate(other.getUTCDate() + (isLast ? 1 : -1));
		if (other.getUTCMonth() !== date.getUTCMonth()) return between === (isLast ? 0 : INDEXES.indexOf(index));
		if (daysOfWeek.includes(DAYS[other.getUTCDay()]!)) between++;
	}
}
