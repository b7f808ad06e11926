import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { batched, perItem } from '../../../core/node/operation';
import { counted } from '../../../core/text';
import { listOf, noLinks, withoutLinks } from '../connection';
import { audienceId, memberKey } from '../ids';
import { audienceLocator, memberField } from '../locators';
import { onRoad, readBatchFrom, roadChunk, roadOptions, tellRoad, type Travelling } from '../road';
import { isoTime } from '../times';

interface Noting {
	audience: string;
	member: string;
	note: string;
}

const notesOf = ({ audience, member }: Noting) => path`/lists/${audience}/members/${member}/notes`;

const noting: Travelling<Noting> = {
	call: (message) => ({ method: 'POST', path: notesOf(message), body: { note: message.note } }),
	alone: async (message, client) =>
		withoutLinks(
			await client.send<IDataObject>({
				method: 'POST',
				path: notesOf(message),
				body: { note: message.note },
				answer: ['id', 'note'],
				idempotent: false,
				manualCheck: 'Look at the contact in Mailchimp whether the note is there.',
			}),
		),
	row: (_, answer) => withoutLinks(answer),
};

/** https://mailchimp.com/developer/marketing/api/list-member-notes/add-member-note/ */
export const addNote = batched<Noting & { batchFrom: number }>({
	name: 'Add Note',
	value: 'addNote',
	action: 'Add a note to a member',
	description: 'Write a note that people see beside the contact in Mailchimp',
	fields: [
		audienceLocator,
		memberField,
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'e.g. Called about the invoice',
			description: 'Up to 1,000 characters',
		},
		roadOptions,
	],
	read(item) {
		const note = item.requiredText('note');
		if (note.length > 1000)
			throw item.fieldError(
				'note',
				`has ${counted(note.length, 'character')}`,
				'Shorten it to 1,000 at most.',
			);
		return {
			audience: audienceId(item),
			member: memberKey(item),
			note,
			batchFrom: readBatchFrom(item),
		};
	},
	chunk: roadChunk(),
	call: onRoad(noting),
	conclude: tellRoad,
});

/** https://mailchimp.com/developer/marketing/api/list-member-notes/list-recent-member-notes/ */
export const getNotes = perItem({
	name: 'Get Notes',
	value: 'getNotes',
	action: 'Get the notes of a member',
	description: 'Get the notes beside a contact',
	fields: [audienceLocator, memberField, ...limitFields],
	read: (item) => ({ audience: audienceId(item), member: memberKey(item), limit: item.limit() }),
	call: ({ audience, member, limit }, client) =>
		client.pages(path`/lists/${audience}/members/${member}/notes`, listOf('notes'), noLinks('notes'), limit),
});

interface Happening {
	audience: string;
	member: string;
	body: IDataObject & { name: string; occurred_at?: string };
}

const eventsOf = ({ audience, member }: Happening) => path`/lists/${audience}/members/${member}/events`;

const happening: Travelling<Happening> = {
	call: (message) => ({ method: 'POST', path: eventsOf(message), body: message.body }),
	async alone(message, client) {
		const { member, body } = message;
		const asked = Date.now();
		await client.send({
			method: 'POST',
			path: eventsOf(message),
			body,
			answer: 'nothing',
			idempotent: false,
			reconcile: async () => await findEvent(client, message, asked),
			manualCheck: 'Look with Get Events whether the event is there.',
		});
		return { id: member, ...body };
	},
	row: ({ member, body }) => ({ id: member, ...body }),
};

/** https://mailchimp.com/developer/marketing/api/list-member-events/add-event/ */
export const addEvent = batched<Happening & { batchFrom: number }>({
	name: 'Add Event',
	value: 'addEvent',
	action: 'Add an event to a member',
	description: 'Tell Mailchimp what a contact did elsewhere; automations and segments can use it',
	fields: [
		audienceLocator,
		memberField,
		{
			displayName: 'Event Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. purchased',
			description: 'From 2 to 30 characters',
		},
		{
			displayName: 'Properties (JSON)',
			name: 'properties',
			type: 'json',
			default: '{}',
			description: 'What belongs to the event, such as { "product": "Tea" }; texts and numbers only',
		},
		{
			displayName: 'Occurred At',
			name: 'occurredAt',
			type: 'dateTime',
			default: '',
			description: 'When it happened; empty is now',
		},
		{
			displayName: 'Start Automations',
			name: 'automations',
			type: 'boolean',
			default: true,
			description: 'Whether automations that wait for the event begin',
		},
		roadOptions,
	],
	read(item) {
		const name = item.requiredText('name');
		if (name.length < 2 || name.length > 30)
			throw item.fieldError('name', `has ${counted(name.length, 'character')}`, 'Use from 2 to 30.');
		const properties = item.json('properties');
		const nested = Object.keys(properties).find((key) => typeof properties[key] === 'object');
		if (nested !== undefined)
			throw item.fieldError(
				'properties',
				`has a list, an object or nothing in “${nested}”`,
				'Give texts and numbers only.',
			);
		const occurred = isoTime(item, 'occurredAt');
		return {
			audience: audienceId(item),
			member: memberKey(item),
			body: {
				name,
				...(Object.keys(properties).length > 0 ? { properties } : {}),
				...(occurred === undefined ? {} : { occurred_at: occurred }),
				...(item.boolean('automations') ? {} : { is_syncing: true }),
			},
			batchFrom: readBatchFrom(item),
		};
	},
	chunk: roadChunk(),
	call: onRoad(happening),
	conclude: tellRoad,
});

/** https://mailchimp.com/developer/marketing/api/list-member-events/list-member-events/ */
export const getEvents = perItem({
	name: 'Get Events',
	value: 'getEvents',
	action: 'Get the events of a member',
	description: 'Get what a contact did elsewhere, newest first',
	fields: [audienceLocator, memberField, ...limitFields],
	read: (item) => ({ audience: audienceId(item), member: memberKey(item), limit: item.limit() }),
	call: ({ audience, member, limit }, client) =>
		client.pages(path`/lists/${audience}/members/${member}/events`, listOf('events'), {}, limit),
});

/** https://mailchimp.com/developer/marketing/api/list-member-activity/view-recent-activity-50/ */
export const getActivity = perItem({
	name: 'Get Activity',
	value: 'getActivity',
	action: 'Get the activity of a member',
	description:
		'Get the last 50 things a contact did with your campaigns: opens, clicks, signups, unsubscribes',
	fields: [audienceLocator, memberField],
	read: (item) => ({ audience: audienceId(item), member: memberKey(item) }),
	async call({ audience, member }, client) {
		const { activity = [] } = await client.get<{ activity?: IDataObject[] }>(
			path`/lists/${audience}/members/${member}/activity`,
			noLinks(),
		);
		return activity;
	},
});

/** The event among the newest. @throws when it is not: it may only be late, and must not be told twice. */
async function findEvent(client: Client, message: Happening, asked: number): Promise<IDataObject> {
	const { name, occurred_at: at } = message.body;
	const events = client.pages(eventsOf(message), listOf('events'), {}, 50);
	for await (const event of events) {
		if (event.name !== name) continue;
		const time = Date.parse(String(event.occurred_at));
		// Mailchimp's times have no parts of a second, and its clock is not ours.
		if (at === undefined ? time > asked - 60_000 : Math.abs(time - Date.parse(at)) < 1000) return {};
	}
	throw new Error('It is not among the newest events.');
}
