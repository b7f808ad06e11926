import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { changing } from '../api/kept';
import { withoutNotes } from '../api/messages';
import { changeRecord, createMarked, listRecords, removeRecord } from '../api/records';
import { calendarFields, calendarPath, chosenZone, inZone, readCalendar, zoneOption } from '../event/fields';
import { readZoned } from '../event/times';
import { calendarGroupLocator } from '../locators';
import { mailboxField, readMailbox, rootOf } from '../mailbox';
import { optionalId } from '../message/getAll.operation';
import { readRecipients } from '../message/people';
import { changesField, colorField, nameField, readChanges } from './fields';

/** Does something with the calendars, which menus have read. */
const changingThem = changing('calendars');

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many calendars',
	description: 'Get the calendars of a mailbox',
	fields: [mailboxField, ...limitFields],
	read: (item) => ({ mailbox: readMailbox(item), limit: item.limit() }),
	call: ({ mailbox, limit }, client) => listRecords(`${rootOf(mailbox, client)}/calendars`, client, limit),
});

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a calendar',
	description: 'Get one calendar; the usual one when none is chosen',
	fields: calendarFields,
	read: readCalendar,
	call: async ({ mailbox, calendar }, client) =>
		withoutNotes(await client.get(calendarPath(mailbox, calendar, client))),
});

/** In a group, or in the usual one (https://learn.microsoft.com/graph/api/user-post-calendars, calendargroup-post-calendars). */
const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a calendar',
	description: 'Create an empty calendar',
	fields: [mailboxField, nameField, calendarGroupLocator, colorField],
	read: (item) => ({
		mailbox: readMailbox(item),
		group: optionalId(item, 'calendarGroup'),
		body: { name: item.requiredText('name'), color: item.option('color') },
	}),
	call: async ({ mailbox, group, body }, client) =>
		await changingThem(
			mailbox,
			client,
			async () =>
				await createMarked(
					`${rootOf(mailbox, client)}${group === '' ? '' : path`/calendarGroups/${group}`}/calendars`,
					body,
					client,
					`${rootOf(mailbox, client)}/calendars`,
				),
		),
});

const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a calendar',
	description: 'Give a calendar another name or color, or make it the usual one',
	fields: [...calendarFields, changesField],
	read(item) {
		const changes = readChanges(item.collection('updateFields'));
		if (Object.keys(changes).length === 0) throw noChanges(item);
		return { ...readCalendar(item), changes };
	},
	call: async ({ mailbox, calendar, changes }, client) =>
		await changingThem(
			mailbox,
			client,
			async () => await changeRecord(calendarPath(mailbox, calendar, client), changes, client),
		),
});

const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a calendar',
	description: 'Delete a calendar with all its events. The usual one stays.',
	asTool: false,
	fields: calendarFields,
	read: (item) => ({ mailbox: readMailbox(item), calendar: item.resourceId('calendar') }),
	call: async ({ mailbox, calendar }, client) =>
		await changingThem(
			mailbox,
			client,
			async () => await removeRecord(calendarPath(mailbox, calendar, client), calendar, client),
		),
});

const spanFields: INodeProperties[] = [
	{
		displayName: 'People',
		name: 'people',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ana@example.com, room4@example.com',
		description: 'Whose time it is about: people and rooms, with commas between their addresses',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'From when on',
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'Until when',
	},
	zoneOption,
];

/** n8n takes a row with an “error” for a failed one. */
function told({ error, ...row }: IDataObject): IDataObject {
	return error === undefined ? row : { ...row, problem: (error as IDataObject).message };
}

const getSchedule = perItem({
	name: 'Get Free and Busy',
	value: 'getSchedule',
	action: 'Get when people are free',
	description: 'Get when people and rooms are free or busy, one row for each',
	fields: [
		mailboxField,
		...spanFields,
		{
			displayName: 'Minutes',
			name: 'minutes',
			type: 'number',
			typeOptions: { minValue: 5, maxValue: 1440 },
			default: 30,
			description: 'How long each piece of the overview is',
		},
	],
	read(item) {
		item.requiredText('people');
		const zone = chosenZone(item) || item.timezone;
		return {
			mailbox: readMailbox(item),
			zone,
			body: {
				schedules: readRecipients(item, 'people').map(({ emailAddress }) =>
					String((emailAddress as { address: string }).address),
				),
				startTime: readZoned(item, 'from', zone),
				endTime: readZoned(item, 'until', zone),
				availabilityViewInterval: item.number('minutes', { min: 5, max: 1440 }),
			},
		};
	},
	async call({ mailbox, zone, body }, client) {
		const { value } = await client.send<{ value: IDataObject[] }>({
			method: 'POST',
			path: `${rootOf(mailbox, client)}/calendar/getSchedule`,
			body,
			headers: inZone(zone),
			idempotent: true,
			answer: ['value'],
		});
		return value.map(told);
	},
});

const findTimes = perItem({
	name: 'Get Meeting Times',
	value: 'getMeetingTimes',
	action: 'Get times for a meeting',
	description: 'Get times at which everybody could meet, the best first',
	fields: [
		mailboxField,
		...spanFields,
		{
			displayName: 'Minutes',
			name: 'minutes',
			type: 'number',
			typeOptions: { minValue: 5 },
			default: 60,
			description: 'How long the meeting lasts',
		},
	],
	read(item) {
		item.requiredText('people');
		const zone = chosenZone(item) || item.timezone;
		const slot = { start: readZoned(item, 'from', zone), end: readZoned(item, 'until', zone) };
		return {
			mailbox: readMailbox(item),
			zone,
			body: {
				attendees: readRecipients(item, 'people').map((person) => ({ ...person, type: 'required' })),
				timeConstraint: { activityDomain: 'work', timeSlots: [slot] },
				meetingDuration: `PT${item.number('minutes', { min: 5 })}M`,
			},
		};
	},
	async call({ mailbox, zone, body }, client) {
		const { meetingTimeSuggestions } = await client.send<{
			meetingTimeSuggestions: IDataObject[];
		}>({
			method: 'POST',
			path: `${rootOf(mailbox, client)}/findMeetingTimes`,
			body,
			headers: inZone(zone),
			idempotent: true,
			answer: ['meetingTimeSuggestions'],
		});
		return meetingTimeSuggestions;
	},
});

export const calendar = resource({
	name: 'Calendar',
	value: 'calendar',
	description: 'Calendars, and when people are free',
	operations: [getAll, get, getSchedule, findTimes, create, update, remove],
});
