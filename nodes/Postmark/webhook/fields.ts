import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { readAddress } from '../secrets';
import type { Triggers, Webhook } from './model';

export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/postmark',
	description: 'Where Postmark posts the events. For a workflow, use the Postmark Trigger instead.',
};

export function readUrl(fields: ParameterReader): string {
	fields.requiredText('url');
	return readAddress(fields, 'url');
}

/** Postmark's names of the events, in the order of the alphabet. */
const EVENTS = ['Bounce', 'Click', 'Delivery', 'Open', 'SpamComplaint', 'SubscriptionChange'];

export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [
		{ name: 'Bounce', value: 'Bounce', description: 'An email came back' },
		{ name: 'Click', value: 'Click', description: 'A tracked link was clicked' },
		{ name: 'Delivery', value: 'Delivery', description: 'An email reached the recipient’s mail server' },
		{ name: 'Open', value: 'Open', description: 'A tracked email was opened' },
		{ name: 'Spam Complaint', value: 'SpamComplaint', description: 'A recipient reported spam' },
		{
			name: 'Subscription Change',
			value: 'SubscriptionChange',
			description: 'An address was suppressed or reactivated',
		},
	],
	required: true,
	default: [],
	description: 'What Postmark tells the URL of; all others are switched off',
};

export const optionFields: INodeProperties[] = [
	{
		displayName: 'Custom Headers',
		name: 'headers',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Header',
		default: {},
		description:
			'Sent with every event, such as a secret that proves it comes from Postmark. They replace those before.',
		options: [
			{
				displayName: 'Header',
				name: 'header',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. X-Webhook-Secret',
						description: 'The name of the header',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						typeOptions: { password: true },
						default: '',
						description: 'What it says',
					},
				],
			},
		],
	},
	{
		displayName: 'First Open Only',
		name: 'firstOpenOnly',
		type: 'boolean',
		default: true,
		description: 'Whether to tell only of the first time an email is opened, and not of every time',
	},
	{
		displayName: 'Include Bounce Content',
		name: 'bounceContent',
		type: 'boolean',
		default: true,
		description: 'Whether bounces carry the whole email that came back',
	},
	{
		displayName: 'Include Complaint Content',
		name: 'complaintContent',
		type: 'boolean',
		default: true,
		description: 'Whether spam complaints carry the whole email that was reported',
	},
	{
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Goes with the user name',
	},
	{
		displayName: 'User Name',
		name: 'username',
		type: 'string',
		default: '',
		placeholder: 'e.g. postmark',
		description: 'Postmark signs in with it at the URL (basic authentication); give a password too',
	},
];

/** The parts of a webhook that the user filled in. Events and their switches are merged by {@link triggersOf}. */
export function readOptions(options: ParameterReader): Partial<Pick<Webhook, 'HttpAuth' | 'HttpHeaders'>> {
	const [username, password] = [options.text('username'), options.text('password')];
	if ((username === '') !== (password === ''))
		throw options.fieldError(
			username === '' ? 'username' : 'password',
			'is missing',
			'Basic authentication needs both a user name and a password.',
		);
	return {
		...(username !== '' && { HttpAuth: { Username: username, Password: password } }),
		...(options.has('headers') && {
			HttpHeaders: options
				.fixedCollection('headers', 'header')
				.map((row) => ({ Name: row.requiredText('name'), Value: row.text('value') })),
		}),
	};
}

export interface Switches {
	events?: string[];
	firstOpenOnly?: boolean;
	bounceContent?: boolean;
	complaintContent?: boolean;
}

export function readSwitches(options: ParameterReader, events?: string[]): Switches {
	const given = (name: string) => (options.has(name) ? { [name]: options.boolean(name) } : {});
	return {
		...(events === undefined ? {} : { events }),
		...given('firstOpenOnly'),
		...given('bounceContent'),
		...given('complaintContent'),
	};
}

/** All six events, as they were but for what the switches say. */
export function triggersOf(switches: Switches, before: Triggers = {}): Triggers {
	const { events, firstOpenOnly, bounceContent, complaintContent } = switches;
	const triggers = Object.fromEntries(
		EVENTS.map((event) => [
			event,
			{ ...before[event], Enabled: events?.includes(event) ?? before[event]?.Enabled ?? false },
		]),
	) as Triggers;
	if (firstOpenOnly !== undefined) triggers.Open!.PostFirstOpenOnly = firstOpenOnly;
	if (bounceContent !== undefined) triggers.Bounce!.IncludeContent = bounceContent;
	if (complaintContent !== undefined) triggers.SpamComplaint!.IncludeContent = complaintContent;
	return triggers;
}
