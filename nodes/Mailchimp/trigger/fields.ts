import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../authentication';
import { audienceLocator } from '../locators';

export const triggerFields: INodeProperties[] = [
	authenticationField,
	audienceLocator,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['unsubscribe'],
		options: [
			{
				name: 'Campaign',
				value: 'campaign',
				description: 'A campaign was sent, or its sending was cancelled',
			},
			{ name: 'Cleaned', value: 'cleaned', description: 'An address does not work any more' },
			{ name: 'Email Changed', value: 'upemail', description: 'A contact has another address' },
			{ name: 'Profile Updated', value: 'profile', description: 'A contact has other values or interests' },
			{ name: 'SMS Campaign', value: 'sms_campaign', description: 'A campaign by text message was sent' },
			{ name: 'SMS Number Changed', value: 'upsms', description: 'A contact has another phone number' },
			{ name: 'SMS Subscribe', value: 'sms_subscribe', description: 'A contact wants text messages' },
			{
				name: 'SMS Unsubscribe',
				value: 'sms_unsubscribe',
				description: 'A contact does not want text messages any more',
			},
			{ name: 'Subscribe', value: 'subscribe', description: 'Somebody subscribed' },
			{
				name: 'Unsubscribe',
				value: 'unsubscribe',
				description: 'Somebody unsubscribed, was archived or was deleted',
			},
		],
		description: 'What starts the workflow',
	},
	{
		displayName: 'Sources',
		name: 'sources',
		type: 'multiOptions',
		required: true,
		default: ['user', 'admin', 'api'],
		options: [
			{ name: 'API', value: 'api', description: 'A program, this n8n among them' },
			{ name: 'Contact', value: 'user', description: 'The contact, by a form or a link' },
			{ name: 'User of the Account', value: 'admin', description: 'Somebody who is signed in to Mailchimp' },
		],
		description:
			'By whom it was done. Leave API out when the workflow itself changes contacts of the audience, so that it does not start itself. A contact does not say who changed it, so what was missed is caught up only in part then: see Catch Up.',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		description: 'What is seldom needed: the presets suit most',
		options: [
			{
				displayName: 'Catch Up',
				name: 'catchUp',
				type: 'boolean',
				default: true,
				description:
					'Whether to look in Mailchimp for contacts that changed while n8n could not be reached, and report them late. Unless all three sources are chosen, that is only who unsubscribed giving a reason (with the source Contact), and addresses that do not work any more.',
			},
		],
	},
];
