import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { byDisplayName } from '../../../core/node/properties';
import { prefer } from '../connection';
import { calendarLocator } from '../locators';
import { textField } from '../fields';
import { mailboxField, readMailbox, rootOf } from '../mailbox';
import { categoriesOption } from '../message/compose';
import { optionalId } from '../message/getAll.operation';
import { attendeeOptions } from './attendees';
import { readRecurrence, recurrenceOption } from './recurrence';
import { readSpan } from './times';

export const eventField: INodeProperties = {
	displayName: 'Event ID',
	name: 'eventId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. AAkALgAAAAAAHYQDEapmEc2byACqAC',
	description: 'The ID that another Outlook node has given',
};

export const eventTarget = [mailboxField, eventField];
export interface EventTarget {
	mailbox: string;
	id: string;
}
export const readEvent = (item: ParameterReader): EventTarget => ({
	mailbox: readMailbox(item),
	id: item.requiredText('eventId'),
});
export const eventPath = ({ mailbox, id }: EventTarget, client: Client): string =>
	`${rootOf(mailbox, client)}${path`/events/${id}`}`;

/** A calendar's own path; the default calendar's when none is chosen. */
export const calendarPath = (mailbox: string, calendar: string, client: Client): string =>
	`${rootOf(mailbox, client)}${calendar === '' ? '/calendar' : path`/calendars/${calendar}`}`;

export const calendarFields = [mailboxField, calendarLocator];
export const readCalendar = (item: ParameterReader) => ({
	mailbox: readMailbox(item),
	calendar: optionalId(item, 'calendar'),
});

const { modes: [fromList] = [], ...zone } = locator({
	displayName: 'Time Zone',
	name: 'timeZone',
	description:
		'The zone of the times, from the list or by its name as in Europe/Berlin or W. Europe Standard Time; the workflow’s when it is empty',
	search: 'searchTimeZones',
	example: 'Europe/Berlin',
});
export const zoneOption: INodeProperties = {
	...zone,
	required: false,
	modes: [
		...(fromList === undefined ? [] : [fromList]),
		{ displayName: 'By Name', name: 'id', type: 'string', placeholder: 'e.g. Europe/Berlin' },
	],
};

/** The zone of a field as it was chosen; '' for none. */
export const chosenZone = (item: ParameterReader, name = 'timeZone'): string => optionalId(item, name);

/** Times of answers in a zone (https://learn.microsoft.com/graph/api/event-get). */
export const inZone = (zone: string): Record<string, string> =>
	prefer(`outlook.timezone="${zone.replace(/"/g, '')}"`);

export const eventOptions: INodeProperties[] = byDisplayName([
	{
		displayName: 'All Day',
		name: 'allDay',
		type: 'boolean',
		default: false,
		description: 'Whether it lasts whole days. End is then its last day.',
	},
	...attendeeOptions,
	{ ...categoriesOption },
	{
		...zoneOption,
		displayName: 'End Time Zone',
		name: 'endTimeZone',
		description: 'The zone of End, when it is another one than that of Start',
	},
	{
		displayName: 'Hide Attendees',
		name: 'hideAttendees',
		type: 'boolean',
		default: false,
		description: 'Whether each attendee sees only oneself',
	},
	{
		displayName: 'HTML Body',
		name: 'html',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description:
			'What stands in the invitation. When you change it in an online meeting, keep the part that Outlook has added: without it the meeting is online no more.',
	},
	{
		displayName: 'Importance',
		name: 'importance',
		type: 'options',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Normal', value: 'normal' },
		],
		default: 'normal',
		description: 'How the event is marked',
	},
	textField('Location', 'location', 'e.g. Room 4', 'Where it takes place'),
	{
		displayName: 'Online Meeting',
		name: 'online',
		type: 'boolean',
		default: false,
		description: 'Whether it gets a link to a Teams meeting',
	},
	recurrenceOption,
	{
		displayName: 'Reminder Minutes',
		name: 'reminder',
		type: 'number',
		typeOptions: { minValue: -1 },
		default: 15,
		description: 'How long before its start to remind; -1 for no reminder',
	},
	{
		displayName: 'Request Responses',
		name: 'responses',
		type: 'boolean',
		default: true,
		description: 'Whether attendees are asked to say if they come',
	},
	{
		displayName: 'Sensitivity',
		name: 'sensitivity',
		type: 'options',
		options: [
			{ name: 'Confidential', value: 'confidential' },
			{ name: 'Normal', value: 'normal' },
			{ name: 'Personal', value: 'personal' },
			{ name: 'Private', value: 'private' },
		],
		default: 'normal',
		description: 'What others see of it',
	},
	{
		displayName: 'Show As',
		name: 'showAs',
		type: 'options',
		options: [
			{ name: 'Busy', value: 'busy' },
			{ name: 'Free', value: 'free' },
			{ name: 'Out of Office', value: 'oof' },
			{ name: 'Tentative', value: 'tentative' },
			{ name: 'Working Elsewhere', value: 'workingElsewhere' },
		],
		default: 'busy',
		description: 'How the time looks to others',
	},
	zoneOption,
]);

const whole = (options: ParameterReader, name: string, key = name): IDataObject =>
	options.has(name) ? { [key]: options.option(name) } : {};
const yes = (options: ParameterReader, name: string, key: string): IDataObject =>
	options.value(name) === undefined ? {} : { [key]: options.boolean(name) };

/** The event of one item, as Graph writes it, without attendees; only what was filled in, its recurrence when there is a Start. @param from where Start and End stand */
export function readEventBody(item: ParameterReader, options: ParameterReader, from = item): IDataObject {
	const zone = chosenZone(options) || item.timezone;
	const allDay = options.boolean('allDay');
	const span = readSpan(from, { allDay, zone, endZone: chosenZone(options, 'endTimeZone') || zone });
	const recurrence = span.start && readRecurrence(options)?.(span.start.dateTime.slice(0, 10), zone);
	const reminder = options.has('reminder') ? options.number('reminder', { min: -1 }) : undefined;
	return {
		...span,
		...yes(options, 'allDay', 'isAllDay'),
		...yes(options, 'hideAttendees', 'hideAttendees'),
		...yes(options, 'online', 'isOnlineMeeting'),
		...yes(options, 'responses', 'responseRequested'),
		...(options.has('html') ? { body: { contentType: 'html', content: String(options.value('html')) } } : {}),
		...(options.has('location') ? { location: { displayName: options.text('location') } } : {}),
		...(options.value('categories') === undefined ? {} : { categories: options.names('categories') }),
		...(recurrence === undefined ? {} : { recurrence }),
		...(reminder === undefined
			? {}
			: reminder < 0
				? { isReminderOn: false }
				: { isReminderOn: true, reminderMinutesBeforeStart: reminder }),
		...whole(options, 'importance'),
		...whole(options, 'sensitivity'),
		...whole(options, 'showAs'),
	} as IDataObject;
}
