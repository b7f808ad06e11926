import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../../core/http/client';
import { perItem, resource } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { inOrder } from '../api/inOrder';
import { changeRecord, createMarked, removeRecord } from '../api/records';
import { readSomebody } from '../message/people';
import { byDisplayName } from '../../../core/node/properties';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { readInvited, withOthers } from './attendees';
import {
	calendarFields,
	calendarPath,
	chosenZone,
	eventField,
	eventOptions,
	eventPath,
	eventTarget,
	readCalendar,
	readEvent,
	readEventBody,
} from './fields';
import { firstDay } from './firstDay';
import { get, getAll } from './get.operations';
import { readRecurrence } from './recurrence';

const [mailboxField] = eventTarget;
const subjectField: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Planning',
	description: 'What the event is called',
};
const startField: INodeProperties = {
	displayName: 'Start',
	name: 'start',
	type: 'dateTime',
	required: true,
	default: '',
	description: 'When it begins. What has no zone of its own is in the chosen time zone.',
};
const endField: INodeProperties = {
	...startField,
	displayName: 'End',
	name: 'end',
	description: 'When it ends. Of what lasts all day, its last day.',
};
const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'What most events do without',
	options: byDisplayName([
		...eventOptions,
		{
			displayName: 'Allow New Time Proposals',
			name: 'proposals',
			type: 'boolean',
			default: true,
			description: 'Whether attendees may propose another time',
		},
	]),
};

const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create an event',
	description: 'Put an event into a calendar, and invite people',
	fields: [...calendarFields, subjectField, startField, endField, optionsField],
	read(item) {
		item.requiredText('start');
		item.requiredText('end');
		const options = item.collection('options');
		const { people } = readInvited(options);
		const body = {
			subject: item.words('subject') || item.requiredText('subject'),
			...readEventBody(item, options),
			...(people.length === 0 ? {} : { attendees: people }),
			...(options.value('proposals') === undefined
				? {}
				: { allowNewTimeProposals: options.boolean('proposals') }),
		};
		return { ...readCalendar(item), body };
	},
	async call({ mailbox, calendar, body }, client) {
		const list = `${calendarPath(mailbox, calendar, client)}/events`;
		// Outlook itself passes over a second one of the same transaction.
		return await createMarked(list, { ...body, transactionId: randomUUID() } as IDataObject, client);
	},
});

const updateField: INodeProperties = updateFieldsOf([
	...eventOptions,
	{ ...endField, required: false },
	{ ...startField, required: false },
	{ ...subjectField, required: false },
]);

const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update an event',
	description: 'Change events, up to 20 in one request',
	fields: [...eventTarget, updateField],
	read(item) {
		const fields = item.collection('updateFields');
		const body: IDataObject = {
			...(fields.has('subject') ? { subject: fields.words('subject') } : {}),
			...readEventBody(item, fields, fields),
		};
		const recurrence = body.start === undefined ? readRecurrence(fields) : undefined;
		const invited = readInvited(fields);
		if (Object.keys(body).length + invited.kinds.length === 0 && recurrence === undefined)
			throw noChanges(item);
		const chosen = chosenZone(fields);
		return { target: readEvent(item), body, invited, recurrence, zone: { chosen, usual: item.timezone } };
	},
	call: async ({ target, body, invited, recurrence, zone }, client) =>
		await inOrder(target, client, async () => {
			const own = eventPath(target, client);
			const series = recurrence && { recurrence: recurrence(...(await firstDay(target, zone, client))) };
			const people = await withOthers(invited, own, client);
			return await changeRecord(own, { ...body, ...people, ...series }, client);
		}),
});

const commentField: INodeProperties = {
	displayName: 'Comment',
	name: 'comment',
	type: 'string',
	default: '',
	placeholder: 'e.g. I shall be late',
	description: 'Words that go with it',
};

/** Something that Outlook does with an event and answers with nothing. */
const act = async (path: string, body: IDataObject, client: Client, idempotent: boolean) =>
	await client.send({
		method: 'POST',
		path,
		body,
		idempotent,
		answer: 'anything',
		manualCheck: 'Look at the event in Outlook, and in Sent Items.',
	});

const respond = perItem({
	name: 'Respond',
	value: 'respond',
	action: 'Respond to an invitation',
	description: 'Accept or decline an invitation, or accept it tentatively',
	fields: [
		...eventTarget,
		{
			displayName: 'Response',
			name: 'response',
			type: 'options',
			options: [
				{ name: 'Accept', value: 'accept' },
				{ name: 'Decline', value: 'decline' },
				{ name: 'Tentatively Accept', value: 'tentativelyAccept' },
			],
			default: 'accept',
			description: 'What to answer',
		},
		commentField,
		{
			displayName: 'Tell the Organizer',
			name: 'sendResponse',
			type: 'boolean',
			default: true,
			description: 'Whether the organizer gets the answer by mail',
		},
	],
	read: (item) => ({
		target: readEvent(item),
		response: item.option('response'),
		body: { comment: item.words('comment'), sendResponse: item.boolean('sendResponse') },
	}),
	async call({ target, response, body }, client) {
		await act(`${eventPath(target, client)}/${response}`, body, client, !body.sendResponse);
		return { id: target.id, response };
	},
});

const cancel = perItem({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel an event',
	description: 'Call off a meeting that you organize, and tell everybody who was invited',
	fields: [...eventTarget, commentField],
	asTool: false,
	read: (item) => ({ target: readEvent(item), body: { comment: item.words('comment') } }),
	async call({ target, body }, client) {
		await act(`${eventPath(target, client)}/cancel`, body, client, false);
		return { id: target.id, cancelled: true };
	},
});

const forward = perItem({
	name: 'Forward',
	value: 'forward',
	action: 'Forward an event',
	description: 'Send an invitation on to somebody else',
	fields: [
		...eventTarget,
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ana@example.com',
			description: 'Who gets it. Separate several addresses with commas.',
		},
		commentField,
	],
	read(item) {
		return {
			target: readEvent(item),
			body: { toRecipients: readSomebody(item, 'to'), comment: item.words('comment') },
		};
	},
	async call({ target, body }, client) {
		await act(`${eventPath(target, client)}/forward`, body, client, false);
		return { id: target.id, forwarded: true };
	},
});

const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an event',
	description: 'Take events out of a calendar, up to 20 in one request',
	fields: [mailboxField!, eventField],
	read: readEvent,
	call: async (target, client) => await removeRecord(eventPath(target, client), target.id, client),
});

export const event = resource({
	name: 'Event',
	value: 'event',
	description: 'Appointments and meetings',
	operations: [getAll, get, create, update, respond, forward, cancel, remove],
});
