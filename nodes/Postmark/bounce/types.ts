import type { INodePropertyOptions } from 'n8n-workflow';

/** https://postmarkapp.com/developer/api/bounce-api#bounce-types, in the order of the alphabet. */
export const BOUNCE_TYPES: INodePropertyOptions[] = [
	{
		name: 'Address Change',
		value: 'AddressChange',
		description: 'The recipient asks to use another address',
	},
	{
		name: 'Auto Responder',
		value: 'AutoResponder',
		description: 'An automatic answer, such as “out of office”',
	},
	{ name: 'Bad Email Address', value: 'BadEmailAddress', description: 'What was given is no mail address' },
	{
		name: 'Blocked',
		value: 'Blocked',
		description: 'The recipient’s mail server refused it for content or reputation',
	},
	{
		name: 'Challenge Verification',
		value: 'ChallengeVerification',
		description: 'The recipient’s spam filter wants the sender to confirm by hand',
	},
	{
		name: 'DMARC Policy',
		value: 'DMARCPolicy',
		description: 'Refused because of the sender domain’s DMARC policy',
	},
	{
		name: 'DNS Error',
		value: 'DnsError',
		description: 'The recipient’s domain could not be found for the moment',
	},
	{
		name: 'Hard Bounce',
		value: 'HardBounce',
		description: 'The address does not exist; Postmark stops sending to it',
	},
	{
		name: 'Inbound Error',
		value: 'InboundError',
		description: 'A received email could not be handed to the webhook',
	},
	{
		name: 'Manually Deactivated',
		value: 'ManuallyDeactivated',
		description: 'Somebody stopped sending to the address',
	},
	{ name: 'Open Relay Test', value: 'OpenRelayTest', description: 'A test for misused mail servers' },
	{ name: 'SMTP API Error', value: 'SMTPApiError', description: 'An email given by SMTP could not be taken' },
	{
		name: 'Soft Bounce',
		value: 'SoftBounce',
		description: 'It could not be delivered for now, such as into a full mailbox',
	},
	{
		name: 'Spam Complaint',
		value: 'SpamComplaint',
		description: 'The recipient reported it as spam; Postmark stops sending to the address for good',
	},
	{
		name: 'Spam Notification',
		value: 'SpamNotification',
		description: 'A spam filter refused it or put it aside',
	},
	{ name: 'Subscribe', value: 'Subscribe', description: 'The recipient asks to be subscribed' },
	{
		name: 'Template Rendering Failed',
		value: 'TemplateRenderingFailed',
		description: 'A template could not be filled in',
	},
	{
		name: 'Transient',
		value: 'Transient',
		description: 'The recipient’s server cannot take it for now; it is tried again',
	},
	{
		name: 'Unconfirmed',
		value: 'Unconfirmed',
		description: 'The recipient’s server wants the sender’s address confirmed',
	},
	{ name: 'Unknown', value: 'Unknown', description: 'Postmark could not tell what the answer meant' },
	{ name: 'Unsubscribe', value: 'Unsubscribe', description: 'The recipient asks to be taken off' },
	{ name: 'Virus Notification', value: 'VirusNotification', description: 'A filter found a virus in it' },
];
