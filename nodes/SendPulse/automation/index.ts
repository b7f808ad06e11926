import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { isData } from '../../../core/http/response';
import { limitFields } from '../../../core/node/limitFields';
import { perItem, resource } from '../../../core/node/operation';
import { flowsOf } from '../api/flows';
import { DONE } from '../connection';
import { readVariables, variableFields } from '../contact/fields';
import { flowLocator } from '../locators';
import { isAddress } from '../../../core/mail/address';
import { truncate } from '../../../core/text';

/** sendpulse.com/knowledge-base/email-service/automation360/sending-events-to-sendpulse-email-service-bypassing-authorization, and SendPulse's clients. */
const start = perItem({
	name: 'Start by Event',
	value: 'startByEvent',
	action: 'Start a flow by an event',
	description:
		'Tell SendPulse that something has happened to a contact, which starts the flows that wait for it',
	fields: [
		{
			displayName: 'Event Name',
			name: 'event',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. order_paid',
			description: 'As the Events Manager of Automation 360 shows it, at the end of its REST API address',
		},
		{
			displayName: 'Email Address',
			name: 'email',
			type: 'string',
			default: '={{ $json.email }}',
			placeholder: 'e.g. ana@example.com',
			description: 'Whom it has happened to. Fill in this, the phone, or both.',
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. +4915112345678',
			description: 'The number of the contact',
		},
		...variableFields.map((field) => ({ ...field, description: 'What the flow is told about it' })),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What most do without',
			options: [
				{
					displayName: 'Flow ID',
					name: 'flow',
					type: 'number',
					default: 0,
					placeholder: 'e.g. 281013',
					description: 'Start this flow alone, when several wait for the event',
				},
			],
		},
	],
	read(item) {
		const [email, phone] = [item.text('email'), item.text('phone')];
		if (email === '' && phone === '')
			throw item.fieldError(
				'email',
				`and '${item.label('phone')}' are both empty`,
				'Fill in one of them, or both.',
			);
		if (email !== '' && !isAddress(email))
			throw item.fieldError(
				'email',
				`is not a mail address: “${truncate(email)}”`,
				'Correct it where it comes from.',
			);
		const options = item.collection('options');
		const body: IDataObject = {
			...readVariables(item),
			...(email === '' ? {} : { email }),
			...(phone === '' ? {} : { phone }),
			...(options.has('flow') ? { automation_id: options.number('flow', { min: 1 }) } : {}),
		};
		return { event: item.requiredText('event'), body };
	},
	call: async ({ event, body }, client) => ({
		event,
		...(await client.send({
			method: 'POST',
			path: path`/events/name/${event}`,
			body,
			answer: DONE,
			// Each one starts the flow once more.
			idempotent: false,
			manualCheck: 'Look in SendPulse (Automation 360 → Events Manager) whether the event has come.',
		})),
	}),
});

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many automation flows',
	description: 'Get the flows of Automation 360 and their states',
	fields: limitFields,
	read: (item) => item.limit(),
	call: (limit, client) => flowsOf(client, limit),
});

const getStatistics = perItem({
	name: 'Get Statistics',
	value: 'getStatistics',
	action: 'Get statistics of an automation flow',
	description: 'Get how often a flow was started, what its elements have done, or how many it has converted',
	fields: [
		flowLocator,
		{
			displayName: 'Of',
			name: 'of',
			type: 'options',
			options: [
				{ name: 'Conversions', value: '/conversions', description: 'How many have reached its goals' },
				{ name: 'Elements', value: '/total-stats', description: 'What each of its elements has done' },
				{ name: 'Flow', value: 'flow', description: 'Starts, ends, messages, and its elements' },
			],
			default: 'flow',
			description: 'What to count',
		},
	],
	read: (item) => ({ flow: item.resourceId('flow'), of: item.option('of') }),
	async call({ flow, of }, client) {
		const root = path`/a360/autoresponders/${flow}`;
		const answer = await client.get<IDataObject | IDataObject[]>(of === 'flow' ? root : `${root}${of}`);
		// Some stand in an envelope.
		return isData(answer) && !Array.isArray(answer) && isData(answer.data) ? answer.data : answer;
	},
});

export const automation = resource({
	name: 'Automation',
	value: 'automation',
	description: 'Flows of Automation 360',
	operations: [start, getAll, getStatistics],
});
