import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** What the mailing service reports, in its own words (its knowledge base, email-service/additional/webhooks). */
export const EMAIL_EVENTS: INodePropertyOptions[] = [
	{
		name: 'Campaign Status',
		value: 'task_status_update',
		description: 'A campaign was sent, stopped or refused',
	},
	{ name: 'Click', value: 'redirect', description: 'A contact followed a link of a campaign' },
	{ name: 'Delivery', value: 'delivered', description: 'An email of a campaign was delivered' },
	{ name: 'Hard Bounce', value: 'hard_bounces', description: 'An address does not exist, or takes no email' },
	{ name: 'New Contact', value: 'new_emails', description: 'A contact was added to a mailing list' },
	{ name: 'Open', value: 'open', description: 'A contact opened an email of a campaign' },
	{ name: 'Removed Contact', value: 'delete', description: 'A contact was deleted from a mailing list' },
	{ name: 'Soft Bounce', value: 'soft_bounces', description: 'An email could not be delivered for now' },
	{ name: 'Spam Complaint', value: 'spam', description: 'A contact marked an email as spam' },
	{ name: 'Unsubscribe', value: 'unsubscribe', description: 'A contact wants no more emails' },
];

/** What the SMTP service reports (sendpulse.com/knowledge-base/smtp/smtp-webhooks): other words for the same. */
export const SMTP_EVENTS: INodePropertyOptions[] = [
	{ name: 'Click', value: 'clicked', description: 'A recipient followed a link' },
	{ name: 'Delivery', value: 'delivered', description: 'The recipient’s mail server has taken an email' },
	{ name: 'Failed Delivery', value: 'undelivered', description: 'An email was not delivered' },
	{ name: 'Hard Bounce', value: 'hard_bounces', description: 'An address does not exist, or takes no email' },
	{ name: 'Open', value: 'opened', description: 'A recipient opened an email' },
	{ name: 'Resubscribe', value: 'resubscribed', description: 'A recipient wants emails again' },
	{ name: 'Soft Bounce', value: 'soft_bounces', description: 'An email could not be delivered for now' },
	{ name: 'Spam Complaint', value: 'spam_by_user', description: 'A recipient marked an email as spam' },
	{ name: 'Unsubscribe', value: 'unsubscribed', description: 'A recipient wants no more emails' },
];

const forService = (service: string) => ({ displayOptions: { show: { service: [service] } } });

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Service',
		name: 'service',
		type: 'options',
		options: [
			{ name: 'Mailing Service', value: 'email', description: 'Campaigns and mailing lists' },
			{
				name: 'SMTP Service',
				value: 'smtp',
				description: 'Single emails, such as confirmations and notices',
			},
		],
		default: 'email',
		description: 'Whose events to report: SendPulse keeps the two apart',
	},
	{
		displayName:
			'SendPulse lets webhooks of its SMTP service be made only by hand. Fill in <b>Key</b>, copy the <b>Production URL</b> above, and enter it in SendPulse under <b>Account settings → API → Webhooks</b> for SMTP, with the events that you choose here. The address is the only proof of who calls: show it to nobody. Events that no call brings are looked up every hour.',
		name: 'smtpNotice',
		type: 'notice',
		default: '',
		...forService('smtp'),
	},
	{
		displayName: 'Key',
		name: 'key',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		placeholder: 'e.g. what “openssl rand -hex 24” gives',
		description:
			'A long random text, which becomes the end of the address: 20 letters and digits at least. Who does not know it cannot call.',
		...forService('smtp'),
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['hard_bounces', 'spam', 'unsubscribe'],
		options: EMAIL_EVENTS,
		description: 'What starts the workflow. A webhook is made for each, and removed with the workflow.',
		...forService('email'),
	},
	{
		displayName: 'Events',
		name: 'smtpEvents',
		type: 'multiOptions',
		required: true,
		default: ['hard_bounces', 'spam_by_user', 'unsubscribed'],
		options: SMTP_EVENTS,
		description: 'What starts the workflow. Others that SendPulse sends are let go by.',
		...forService('smtp'),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		description: 'What is seldom needed: the presets suit most',
		...forService('smtp'),
		options: [
			{
				displayName: 'Catch Up',
				name: 'catchUp',
				type: 'boolean',
				default: true,
				description:
					'Whether to look in SendPulse for bounces, unsubscribes and spam complaints that no call has brought, and report them late',
			},
		],
	},
];
