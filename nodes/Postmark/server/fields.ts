import type { INodeProperties } from 'n8n-workflow';
import { noChanges } from '../../../core/node/parameters/changes';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { readAddress } from '../secrets';

const hook = (displayName: string, name: string, what: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/postmark',
	description: `The URL that is told of ${what}; empty for none. Webhooks of a message stream are the newer way.`,
});

/** A server's settings (https://postmarkapp.com/developer/api/server-api#edit-server). Their order is the alphabet's. */
export const settingFields: INodeProperties[] = [
	hook('Bounce Hook URL', 'bounceHookUrl', 'bounces'),
	hook('Click Hook URL', 'clickHookUrl', 'clicks on links'),
	{
		displayName: 'Color',
		name: 'color',
		type: 'options',
		options: [
			{ name: 'Blue', value: 'blue' },
			{ name: 'Green', value: 'green' },
			{ name: 'Grey', value: 'grey' },
			{ name: 'Purple', value: 'purple' },
			{ name: 'Red', value: 'red' },
			// Written so in Postmark's API description.
			{ name: 'Turquoise', value: 'turqoise' },
			{ name: 'Yellow', value: 'yellow' },
		],
		default: 'blue',
		description: 'How the server is marked in Postmark',
	},
	hook('Delivery Hook URL', 'deliveryHookUrl', 'deliveries'),
	{
		displayName: 'First Open Only',
		name: 'postFirstOpenOnly',
		type: 'boolean',
		default: true,
		description: 'Whether the open hook is told only of the first time an email is opened',
	},
	{
		displayName: 'Inbound Domain',
		name: 'inboundDomain',
		type: 'string',
		default: '',
		placeholder: 'e.g. inbound.example.com',
		description: 'A domain of yours whose MX record leads to Postmark, to receive email with it',
	},
	{
		displayName: 'Inbound Hook URL',
		name: 'inboundHookUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/inbound',
		description:
			'The URL that received emails are handed to; empty for none. The Postmark Trigger sets it by itself.',
	},
	{
		displayName: 'Inbound Spam Threshold',
		name: 'inboundSpamThreshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 30 },
		default: 5,
		description:
			'The spam score from which received emails are blocked, in steps of five: 5 is strict, 30 is not, 0 blocks none',
	},
	{
		displayName: 'Include Bounce Content',
		name: 'includeBounceContent',
		type: 'boolean',
		default: true,
		description: 'Whether the bounce hook gets the whole email that came back',
	},
	hook('Open Hook URL', 'openHookUrl', 'opens'),
	{
		displayName: 'Raw Email in Inbound Hook',
		name: 'rawEmail',
		type: 'boolean',
		default: true,
		description: 'Whether received emails come with their raw source too',
	},
	{
		displayName: 'SMTP',
		name: 'smtp',
		type: 'boolean',
		default: true,
		description: 'Whether the server also takes email by SMTP',
	},
	{
		displayName: 'SMTP API Errors in Bounce Hook',
		name: 'smtpErrors',
		type: 'boolean',
		default: true,
		description: 'Whether the bounce hook is told of emails that SMTP could not take',
	},
	{
		displayName: 'Track Links',
		name: 'trackLinks',
		type: 'options',
		options: [
			{ name: 'In HTML and Text', value: 'HtmlAndText' },
			{ name: 'In HTML Only', value: 'HtmlOnly' },
			{ name: 'In Text Only', value: 'TextOnly' },
			{ name: 'Not at All', value: 'None' },
		],
		default: 'None',
		description: 'Where links of all emails are replaced by counted ones',
	},
	{
		displayName: 'Track Opens',
		name: 'trackOpens',
		type: 'boolean',
		default: true,
		description: 'Whether all emails carry a small invisible image that shows when they were opened',
	},
];

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Production',
	description: 'What the server is called in Postmark; no two of an account have the same name',
};

const TEXTS = { color: 'Color', inboundDomain: 'InboundDomain', trackLinks: 'TrackLinks' };

const ADDRESSES = {
	bounceHookUrl: 'BounceHookUrl',
	clickHookUrl: 'ClickHookUrl',
	deliveryHookUrl: 'DeliveryHookUrl',
	inboundHookUrl: 'InboundHookUrl',
	openHookUrl: 'OpenHookUrl',
};

const SWITCHES = {
	postFirstOpenOnly: 'PostFirstOpenOnly',
	includeBounceContent: 'IncludeBounceContentInHook',
	rawEmail: 'RawEmailEnabled',
	smtp: 'SmtpApiActivated',
	smtpErrors: 'EnableSmtpApiErrorHooks',
	trackOpens: 'TrackOpens',
};

/** The settings that the user added, as the API takes them. An empty text empties the setting. */
export function readSettings(fields: ParameterReader): Record<string, string | number | boolean> {
	const settings: Record<string, string | number | boolean> = {};
	if (fields.declares('name') && fields.value('name') !== undefined)
		settings.Name = fields.requiredText('name');
	for (const [name, key] of Object.entries(TEXTS))
		if (fields.value(name) !== undefined) settings[key] = fields.text(name);
	for (const [name, key] of Object.entries(ADDRESSES))
		if (fields.value(name) !== undefined) settings[key] = readAddress(fields, name);
	for (const [name, key] of Object.entries(SWITCHES))
		if (fields.has(name)) settings[key] = fields.boolean(name);
	if (fields.has('inboundSpamThreshold')) {
		const threshold = fields.number('inboundSpamThreshold', { min: 0, max: 30 });
		if (threshold % 5 !== 0)
			throw fields.fieldError('inboundSpamThreshold', `is ${threshold}`, 'Use 0, 5, 10, 15, 20, 25 or 30.');
		settings.InboundSpamThreshold = threshold;
	}
	return settings;
}

/** The settings of an update. @throws {ServiceError} when there are none. */
export function readChanges(item: ParameterReader): Record<string, string | number | boolean> {
	const changes = readSettings(item.collection('updateFields'));
	if (Object.keys(changes).length === 0) throw noChanges(item);
	return changes;
}
