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
			{ name: 'Weekly', value: 'weekly' },
			{ name: 'Yearly', value: 'absoluteYearly' },
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
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		options: dayChoices,
		default: [],
		displayOptions: { show: { type: ['weekly'] } },
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
	const chosen = type === 'weekly' ? (rule.value('days') as string[] | undefined) : undefined;
	const interval = rule.number('interval', { min: 1 });
	const ending = readEnding(rule);
	return (start, recurrenceTimeZone) => {
		const weekday = DAYS[new Date(`${start}T00:00:00Z`).getUTCDay()]!;
		const days = chosen?.length ? chosen : [weekday];
		const end = String(ending.endDate);
		if (ending.type === 'endDate' && !hasOne({ type, interval, days, start, end }))
			throw options.fieldError(
				'recurrence',
				`ends on ${end}, before it comes once (from ${start} on)`,
				'Choose a later last day.',
			);
		return {
			pattern: { type, interval, ...onDays(type, days, start) },
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

function onDays(type: string, daysOfWeek: string[], start: string): IDataObject {
	const [, month, day] = start.split('-').map(Number);
	if (type === 'weekly') return { daysOfWeek, firstDayOfWeek: 'monday' };
	if (type === 'absoluteMonthly') return { dayOfMonth: day! };
	return type === 'absoluteYearly' ? { dayOfMonth: day!, month: month! } : {};
}

/**
 * Whether a series has an event at all: all but weekly ones begin on their first day. Weeks begin on Monday; the first is that
 * of the start, and of the others every `interval`th counts (https://learn.microsoft.com/graph/api/resources/recurrencepattern).
 */
function hasOne({ type, interval, days, start, end }: Series): boolean {
	if (end < start) return false;
	if (type !== 'weekly') return true;
	const afterMonday = daysAfterMonday(start);
	const offsets = days.map((day) => {
		const offset = ((DAYS.indexOf(day) + 6) % 7) - afterMonday;
		return offset < 0 ? offset + 7 * interval : offset;
	});
	return Date.parse(start) + Math.min(...offsets) * 86_400_000 <= Date.parse(end);
}

const daysAfterMonday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

interface Series {
	type: string;
	interval: number;
	days: string[];
	/** The first and the last day, `2026-12-01`. */
	start: string;
	end: string;
}
