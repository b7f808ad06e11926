import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const dayChoices = [...DAYS.slice(1), DAYS[0]!]
	.map((value) => ({ name: capital(value), value }))
	.sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** In the order in which they are filled in. */
const ruleFields: INodeProperties[] = [
	{
		displayName: 'Repeats',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Daily', value: 'daily' },
			{ name: 'Monthly', value: 'absoluteMonthly', description: 'On the same day of the month' },
			{
				name: 'Monthly on a Weekday',
				value: 'relativeMonthly',
				description: 'Such as on the second Tuesday',
			},
			{ name: 'Weekly', value: 'weekly' },
			{ name: 'Yearly', value: 'absoluteYearly', description: 'On the same day of the year' },
			{
				name: 'Yearly on a Weekday',
				value: 'relativeYearly',
				description: 'Such as on the last Friday of the month of its start',
			},
		],
		default: 'weekly',
		description: 'How often it comes',
	},
	{
		displayName: 'Every',
		name: 'interval',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'Every how many days, weeks, months or years',
	},
	{
		displayName: 'Which',
		name: 'index',
		type: 'options',
		options: [
			{ name: 'First', value: 'first' },
			{ name: 'Fourth', value: 'fourth' },
			{ name: 'Last', value: 'last' },
			{ name: 'Second', value: 'second' },
			{ name: 'Third', value: 'third' },
		],
		default: 'first',
		displayOptions: { show: { type: ['relativeMonthly', 'relativeYearly'] } },
		description: 'Which of the days below, counted in the month',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		options: dayChoices,
		default: [],
		displayOptions: { show: { type: ['weekly', 'relativeMonthly', 'relativeYearly'] } },
		description: 'On which days of the week; the day of its start when none is chosen',
	},
	{
		displayName: 'Ends',
		name: 'ends',
		type: 'options',
		options: [
			{ name: 'After a Number', value: 'numbered' },
			{ name: 'Never', value: 'noEnd' },
			{ name: 'On a Day', value: 'endDate' },
		],
		default: 'noEnd',
		description: 'When it comes no more',
	},
	{
		displayName: 'Number',
		name: 'count',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		displayOptions: { show: { ends: ['numbered'] } },
		description: 'How many times it comes',
	},
	{
		displayName: 'Last Day',
		name: 'until',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { ends: ['endDate'] } },
		description: 'It comes until this day',
	},
];

/** https://learn.microsoft.com/graph/api/resources/recurrencepattern */
export const recurrenceOption: INodeProperties = {
	displayName: 'Recurrence',
	name: 'recurrence',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Recurrence',
	description: 'How the event comes again',
	options: [{ displayName: 'Recurrence', name: 'rule', values: ruleFields }],
};

/** What makes the recurrence of an event whose first day is `start` (`2026-12-01`) on the clocks of a zone. */
export type RecurrenceOf = (start: string, zone: string) => IDataObject;

/** @returns undefined without a recurrence; else what makes it, and throws a ServiceError for a series that would have no event */
export function readRecurrence(options: ParameterReader): RecurrenceOf | undefined {
	const [rule] = options.fixedCollection('recurrence', 'rule');
	if (rule === undefined) return undefined;
	const type = rule.option('type');
	const hasDays = type === 'weekly' || type in MONTHS;
	const chosen = hasDays ? (rule.value('days') as string[] | undefined) : undefined;
	const index = type in MONTHS ? rule.option('index') : 'first';
	const interval = rule.number('interval', { min: 1 });
	const ending = readEnding(rule);
	return (start, recurrenceTimeZone) => {
		const weekday = DAYS[new Date(`${start}T00:00:00Z`).getUTCDay()]!;
		const days = chosen?.length ? chosen : [weekday];
		const end = String(ending.endDate);
		if (ending.type === 'endDate' && !hasOne({ type, interval, index, days, start, end }))
			throw options.fieldError(
				'recurrence',
				`ends on ${end}, before it comes once (from ${start} on)`,
				'Choose a later last day.',
			);
		return {
			pattern: { type, interval, ...onDays(type, days, start, index) },
			range: { ...ending, startDate: start, recurrenceTimeZone },
		};
	};
}

function readEnding(rule: ParameterReader): IDataObject {
	const type = rule.option('ends');
	if (type === 'numbered') return { type, numberOfOccurrences: rule.number('count', { min: 1 }) };
	if (type === 'noEnd') return { type };
	const until = rule.time('until');
	if (until === undefined) throw rule.fieldError('until', 'is empty', 'Choose the last day.');
	return { type, endDate: until.day };
}

function onDays(type: string, daysOfWeek: string[], start: string, index: string): IDataObject {
	const [, month, day] = start.split('-').map(Number);
	if (type === 'relativeMonthly') return { daysOfWeek, index };
	if (type === 'relativeYearly') return { daysOfWeek, index, month: month! };
	if (type === 'weekly') return { daysOfWeek, firstDayOfWeek: 'monday' };
	if (type === 'absoluteMonthly') return { dayOfMonth: day! };
	return type === 'absoluteYearly' ? { dayOfMonth: day!, month: month! } : {};
}

/**
 * Whether a series has an event at all: those on a day of the month or every so many days begin on their first day. Weeks begin on Monday; the first is that
 * of the start, and of the others every `interval`th counts (https://learn.microsoft.com/graph/api/resources/recurrencepattern).
 */
function hasOne(series: Series): boolean {
	const { type, interval, days, start, end } = series;
	if (end < start) return false;
	if (type in MONTHS) return hasWeekday(series);
	if (type !== 'weekly') return true;
	const afterMonday = daysAfterMonday(start);
	const offsets = days.map((day) => {
		const offset = ((DAYS.indexOf(day) + 6) % 7) - afterMonday;
		return offset < 0 ? offset + 7 * interval : offset;
	});
	return Date.parse(start) + Math.min(...offsets) * 86_400_000 <= Date.parse(end);
}

/** How many months lie between two events of these, when each comes. */
const MONTHS: Record<string, number> = { relativeMonthly: 1, relativeYearly: 12 };
const INDEXES = ['first', 'second', 'third', 'fourth'];

/** Whether the weekday of some month, such as its second Tuesday, lies between the start and the end. */
function hasWeekday({ type, interval, index, days, start, end }: Series): boolean {
	const [year, month] = start.split('-').map(Number) as [number, number];
	for (let step = 0; ; step++) {
		const first = new Date(Date.UTC(year, month - 1 + step * interval * MONTHS[type]!, 1));
		if (first.toISOString().slice(0, 10) > end) return false;
		const day = weekdayIn(first, days, index);
		if (day >= start && day <= end) return true;
	}
}

/** The day of a month, `2026-12-08`, on which one of these weekdays comes for the first time, say. */
function weekdayIn(first: Date, days: string[], index: string): string {
	const fitting: string[] = [];
	const day = new Date(first);
	for (; day.getUTCMonth() === first.getUTCMonth(); day.setUTCDate(day.getUTCDate() + 1))
		if (days.includes(DAYS[day.getUTCDay()]!)) fitting.push(day.toISOString().slice(0, 10));
	return index === 'last' ? fitting.at(-1)! : fitting[INDEXES.indexOf(index)]!;
}

const daysAfterMonday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

interface Series {
	type: string;
	interval: number;
	/** Which of the days counts in a month: `first` to `fourth`, `last`. */
	index: string;
	days: string[];
	/** The first and the last day, `2026-12-01`. */
	start: string;
	end: string;
}
