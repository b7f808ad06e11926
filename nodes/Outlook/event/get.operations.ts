import type { INodeProperties } from 'n8n-workflow';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { withoutNotes } from '../api/messages';
import { listRecords } from '../api/records';
import { downloadField, eachWithAttached, getWithAttached } from '../attachment/attached';
import { asQuery, fieldsField, outputField, readSelect } from '../chosenFields';
import {
	calendarFields,
	calendarPath,
	chosenZone,
	eventPath,
	eventTarget,
	inZone,
	readCalendar,
	readEvent,
	zoneOption,
} from './fields';
import { EVENT_LABELS } from './labels';

/** The fields that say what comes of an event. */
const toldFields: INodeProperties[] = [outputField, fieldsField(EVENT_LABELS), downloadField];

const readTold = (item: ParameterReader) => ({
	select: readSelect(item),
	attachments: item.boolean('attachments'),
	zone: chosenZone(item) || item.timezone,
});

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many events',
	description: 'Get the events of a time, those of a series one by one; or all as they are stored',
	fields: [
		...calendarFields,
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: 'From when on. With From and Until each event of a series comes by itself.',
		},
		{ displayName: 'Until', name: 'until', type: 'dateTime', default: '', description: 'Until when' },
		...limitFields,
		...toldFields,
		zoneOption,
	],
	read(item) {
		const moment = (name: string) => {
			const time = item.time(name);
			return time && (time.at ?? new Date(`${time.day}T00:00:00Z`)).toISOString();
		};
		const [from, until] = [moment('from'), moment('until')];
		if ((from === undefined) !== (until === undefined))
			throw item.fieldError(
				from === undefined ? 'from' : 'until',
				'is empty, and the other end of the time is not',
				'Fill in both, or neither.',
			);
		return {
			...readCalendar(item),
			window: from === undefined || until === undefined ? undefined : [from, until],
			...readTold(item),
			limit: item.limit(),
		};
	},
	call({ mailbox, calendar, window, select, attachments, zone, limit }, client) {
		const own = calendarPath(mailbox, calendar, client);
		const [list, times] =
			window === undefined
				? [`${own}/events`, {}]
				: [`${own}/calendarView`, { startDateTime: window[0], endDateTime: window[1] }];
		const found = listRecords(list, client, limit, { ...asQuery(select), ...times }, inZone(zone));
		return attachments
			? eachWithAttached(found, ({ id }) => eventPath({ mailbox, id: String(id) }, client), client)
			: found;
	},
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get an event',
	description: 'Get one event, with its times in a time zone',
	fields: [...eventTarget, ...toldFields, zoneOption],
	read: (item) => ({ target: readEvent(item), ...readTold(item) }),
	async call({ target, select, attachments, zone }, client) {
		const path = eventPath(target, client);
		const found = withoutNotes(
			await client.send({ path, query: asQuery(select), headers: inZone(zone), answer: ['id'] }),
		);
		return attachments ? await getWithAttached(found, path, client) : found;
	},
});
