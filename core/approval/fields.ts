import type { INodeProperties } from 'n8n-workflow';
import { formField } from './formFields';

/**
 * The form of "Send and Wait for Approval", with the parameter names of n8n's own mail nodes: n8n also makes of such an
 * operation the tool by which an agent asks a person, and fills in `message`, `responseType` and `approvalOptions` there.
 *
 * @param envelope who it goes from and to
 * @param options further options of the service, merged with those of every service
 */
export function approvalFields(envelope: INodeProperties[], options: INodeProperties[]): INodeProperties[] {
	return [...envelope, ...questionFields, optionsOf(options)];
}

const questionFields: INodeProperties[] = [
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Approval required',
		description: 'The subject line, and the headline of the page with the buttons',
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		required: true,
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. May the invoice be paid?',
		description: 'What is asked, as plain text; the page with the buttons shows it again',
	},
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'Approval', value: 'approval', description: 'Buttons in the email, confirmed on a page' },
			{ name: 'Custom Form', value: 'customForm', description: 'A page with a form of your own' },
			{ name: 'Free Text', value: 'freeText', description: 'A page on which the answer is written' },
		],
		default: 'approval',
		description:
			'How the recipient answers. A link alone decides nothing: mail scanners follow links, so a page asks for a click.',
	},
	formField,
	{
		displayName: 'Approval Options',
		name: 'approvalOptions',
		type: 'fixedCollection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { responseType: ['approval'] } },
		description: 'Which buttons there are, and what they say',
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [
					{
						displayName: 'Type of Approval',
						name: 'approvalType',
						type: 'options',
						options: [
							{ name: 'Approve Only', value: 'single' },
							{ name: 'Approve and Disapprove', value: 'double' },
						],
						default: 'single',
						description: 'Whether the recipient can also say no',
					},
					{
						displayName: 'Approve Button Label',
						name: 'approveLabel',
						type: 'string',
						default: 'Approve',
						description: 'What the button for yes says',
					},
					{
						displayName: 'Disapprove Button Label',
						name: 'disapproveLabel',
						type: 'string',
						default: 'Decline',
						displayOptions: { show: { approvalType: ['double'] } },
						description: 'What the button for no says',
					},
				],
			},
		],
	},
];

const messageButtonLabel: INodeProperties = {
	displayName: 'Message Button Label',
	name: 'messageButtonLabel',
	type: 'string',
	default: 'Respond',
	description: 'What the button in the email says, when the answer is written on a page',
};

/** How long the execution waits. Then it goes on with the items it had, without `data.approved`. */
const limitWaitTime: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	description:
		'How long to wait for an answer. Without one the workflow goes on with the items it had, and “data.approved” is not there.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					options: [
						{ name: 'After Time Interval', value: 'afterTimeInterval', description: 'After some time' },
						{ name: 'At Specified Time', value: 'atSpecifiedTime', description: 'At a date and time' },
					],
					default: 'afterTimeInterval',
					description: 'What ends the waiting',
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					description: 'How many of the units',
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					options: [
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Days', value: 'days' },
					],
					default: 'hours',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					description: 'Minutes, hours or days',
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					description: 'Until when to wait',
				},
			],
		},
	],
};

const optionsOf = (more: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: 'What is seldom needed: the presets suit most',
	options: [limitWaitTime, messageButtonLabel, ...more].toSorted((a, b) =>
		a.displayName.localeCompare(b.displayName, 'en'),
	),
});
