import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { perItem, resource } from '../../../core/node/operation';
import { noChanges } from '../../../core/node/parameters/changes';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { withoutNotes } from '../api/messages';
import { chosenZone, zoneOption } from '../event/fields';
import { readZoned } from '../event/times';
import { textField } from '../fields';
import { mailboxField, readMailbox, rootOf } from '../mailbox';

const settingsPath = (mailbox: string, client: Client) => `${rootOf(mailbox, client)}/mailboxSettings`;

const change = async (mailbox: string, body: IDataObject, client: Client): Promise<IDataObject> =>
	withoutNotes(
		await client.send({
			method: 'PATCH',
			path: settingsPath(mailbox, client),
			body,
			// The same settings twice are the same.
			idempotent: true,
			answer: (answer) => typeof answer === 'object' && answer !== null && Object.keys(answer).length > 0,
		}),
	);

const whileOn = { show: { status: ['alwaysEnabled', 'scheduled'] } };
const whileScheduled = { show: { status: ['scheduled'] } };

const replyFields: INodeProperties[] = [
	mailboxField,
	{
		displayName: 'Automatic Reply',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'For a Time', value: 'scheduled', description: 'From one moment to another' },
			{ name: 'Off', value: 'disabled' },
			{ name: 'On', value: 'alwaysEnabled', description: 'Until somebody switches it off' },
		],
		default: 'scheduled',
		description: 'Whether the mailbox answers by itself',
	},
	{
		displayName: 'Start',
		name: 'start',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: whileScheduled,
		description: 'From when on',
	},
	{
		displayName: 'End',
		name: 'end',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: whileScheduled,
		description: 'Until when',
	},
	{ ...zoneOption, displayOptions: whileScheduled },
	{
		displayName: 'Reply',
		name: 'internal',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		displayOptions: whileOn,
		description: 'What people of the organization get, as text or HTML',
	},
	{
		displayName: 'Reply to Others',
		name: 'external',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		displayOptions: whileOn,
		description: 'What everybody else gets; the same when it is empty',
	},
	{
		displayName: 'Others Who Get It',
		name: 'audience',
		type: 'options',
		options: [
			{ name: 'Contacts Only', value: 'contactsOnly' },
			{ name: 'Everybody', value: 'all' },
			{ name: 'Nobody', value: 'none' },
		],
		default: 'all',
		displayOptions: whileOn,
		description: 'Who outside of the organization gets an answer',
	},
];

const setReply = perItem({
	name: 'Set Automatic Reply',
	value: 'setAutomaticReply',
	action: 'Set the automatic reply of a mailbox',
	description: 'Have a mailbox answer by itself: at once, for a time, or no more',
	fields: replyFields,
	read(item) {
		const status = item.option('status');
		const mailbox = readMailbox(item);
		if (status === 'disabled') return { mailbox, setting: { status } };
		const internal = item.requiredText('internal');
		const common = {
			status,
			internalReplyMessage: internal,
			externalReplyMessage: item.text('external') || internal,
			externalAudience: item.option('audience'),
		};
		if (status !== 'scheduled') return { mailbox, setting: common };
		const zone = chosenZone(item) || item.timezone;
		const [start, end] = ['start', 'end'].map((name) => {
			item.requiredText(name);
			return readZoned(item, name, zone)!;
		});
		if (end!.dateTime <= start!.dateTime)
			throw item.fieldError('end', 'is not after Start', 'Check both dates.');
		return { mailbox, setting: { ...common, scheduledStartDateTime: start, scheduledEndDateTime: end } };
	},
	call: async ({ mailbox, setting }, client) =>
		await change(mailbox, { automaticRepliesSetting: setting } as unknown as IDataObject, client),
});

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get the settings of a mailbox',
	description: 'Get time zone, language, working hours and the automatic reply',
	fields: [mailboxField],
	read: readMailbox,
	call: async (mailbox, client) => withoutNotes(await client.get(settingsPath(mailbox, client))),
});

const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update the settings of a mailbox',
	description: 'Change time zone, language and formats',
	fields: [
		mailboxField,
		updateFieldsOf([
			textField('Date Format', 'dateFormat', 'e.g. yyyy-MM-dd', 'How days are written'),
			textField('Language', 'language', 'e.g. en-US', 'The language of the mailbox'),
			textField('Time Format', 'timeFormat', 'e.g. HH:mm', 'How times are written'),
			{ ...zoneOption, description: 'The time zone of the mailbox' },
		]),
	],
	read(item) {
		const fields = item.collection('updateFields');
		const body: IDataObject = {};
		for (const name of ['dateFormat', 'timeFormat']) if (fields.has(name)) body[name] = fields.text(name);
		const timeZone = fields.value('timeZone') === undefined ? '' : chosenZone(fields);
		if (timeZone !== '') body.timeZone = timeZone;
		if (fields.has('language')) body.language = { locale: fields.text('language') };
		if (Object.keys(body).length === 0) throw noChanges(item);
		return { mailbox: readMailbox(item), body };
	},
	call: async ({ mailbox, body }, client) => await change(mailbox, body, client),
});

export const mailboxSettings = resource({
	name: 'Mailbox Settings',
	value: 'mailboxSettings',
	description: 'Automatic reply, time zone, language',
	operations: [get, update, setReply],
});
