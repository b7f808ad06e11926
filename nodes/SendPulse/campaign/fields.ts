import type { INodeProperties } from 'n8n-workflow';
import { attachmentsOption } from '../../../core/mail/fields';
import { listLocator, senderLocator, templateLocator } from '../locators';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Spring sale',
	description: 'What the campaign is called in SendPulse; recipients do not see it',
};

export const whenFields: INodeProperties[] = [
	{
		displayName: 'When',
		name: 'when',
		type: 'options',
		options: [
			{ name: 'As a Draft', value: 'draft', description: 'Nothing is sent: you finish it in SendPulse' },
			{ name: 'At a Time', value: 'later', description: 'SendPulse sends it then' },
			{ name: 'Now', value: 'now', description: 'To everybody, as soon as it is created' },
		],
		default: 'draft',
		description: 'When the campaign goes out',
	},
	{
		displayName: 'Send Date',
		name: 'sendDate',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { when: ['later'] } },
		description:
			'Day and time as clocks in the workflow’s time zone show it. SendPulse takes it in its own: compare the time it shows once.',
	},
];

/** What is sent, from whom and to whom. */
export const contentFields: INodeProperties[] = [
	{
		displayName: 'Recipients',
		name: 'recipients',
		type: 'options',
		options: [
			{ name: 'Mailing List', value: 'list' },
			{ name: 'Segment', value: 'segment' },
		],
		default: 'list',
		description: 'Who receives it',
	},
	{ ...listLocator, displayOptions: { show: { recipients: ['list'] } } },
	{
		displayName: 'Segment ID',
		name: 'segment',
		type: 'number',
		required: true,
		default: 0,
		placeholder: 'e.g. 12345',
		displayOptions: { show: { recipients: ['segment'] } },
		description: 'The ID of a segment that was made in SendPulse',
	},
	senderLocator,
	{
		displayName: 'Sender Name',
		name: 'senderName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Example Shop',
		description: 'The name beside the address; the address itself when this is empty',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Everything at half price',
		description: 'The subject line',
	},
	{
		displayName: 'Content',
		name: 'content',
		type: 'options',
		options: [
			{ name: 'HTML', value: 'html' },
			{ name: 'Template', value: 'template' },
		],
		default: 'html',
		description: 'Where its words come from',
	},
	{
		displayName: 'HTML Body',
		name: 'html',
		type: 'string',
		typeOptions: { rows: 6 },
		required: true,
		default: '',
		placeholder: 'e.g. <p>Hello {{Name}}, …</p>',
		displayOptions: { show: { content: ['html'] } },
		description: 'The email as a formatted page; it is encoded for SendPulse by itself',
	},
	{ ...templateLocator, displayOptions: { show: { content: ['template'] } } },
];

const trackingOptions: INodeProperties[] = [
	{
		displayName: 'Track Clicks',
		name: 'clicks',
		type: 'boolean',
		default: true,
		description: 'Whether SendPulse counts who follows a link',
	},
	{
		displayName: 'Track Opens',
		name: 'opens',
		type: 'boolean',
		default: true,
		description: 'Whether SendPulse counts who opens the email',
	},
	{
		displayName: 'UTM Campaign',
		name: 'utmCampaign',
		type: 'string',
		default: '',
		placeholder: 'e.g. spring_sale',
		description: 'What its links are called in Google Analytics',
	},
];

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'What most campaigns do without',
	options: [
		{
			displayName: 'AMP Body',
			name: 'amp',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. <!doctype html><html amp4email>…',
			description: 'The interactive version, for mail programs that show AMP',
		},
		{ ...attachmentsOption, description: `${attachmentsOption.description} SendPulse takes five at most.` },
		{
			displayName: 'Include Later Contacts',
			name: 'dynamic',
			type: 'boolean',
			default: false,
			description:
				'Whether it also goes to contacts that come into the list between its creation and its sending',
		},
		{
			displayName: 'More Mailing Lists',
			name: 'moreLists',
			type: 'string',
			default: '',
			placeholder: 'e.g. 756590, 756591',
			description: 'IDs of up to nine more lists that receive it, with commas between them',
		},
		...trackingOptions,
	],
};
