import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../authentication';
import { campaignLocator } from '../campaign/fields';
import { storeLocator } from '../ecommerce/locators';
import { audienceLocator } from '../locators';

const shownFor = (field: INodeProperties, ...events: string[]): INodeProperties => ({
	...field,
	displayOptions: { show: { event: events } },
});

export const activityFields: INodeProperties[] = [
	authenticationField,
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		options: [
			{
				name: 'Audience Created',
				value: 'audienceCreated',
				description: 'The account has a new audience',
			},
			{
				name: 'Campaign Created',
				value: 'campaignCreated',
				description: 'Somebody has begun a new campaign',
			},
			{ name: 'Campaign Sent', value: 'campaignSent', description: 'A campaign has been sent to everybody' },
			{
				name: 'Customer Created',
				value: 'customerCreated',
				description: 'A store that is connected to Mailchimp has a new customer',
			},
			{ name: 'Email Opened', value: 'emailOpened', description: 'Somebody opened a campaign: each time' },
			{ name: 'File Uploaded', value: 'fileUploaded', description: 'The content studio has a new file' },
			{
				name: 'Link Clicked',
				value: 'linkClicked',
				description: 'Somebody clicked a link of a campaign: each time',
			},
			{
				name: 'Order Placed',
				value: 'orderPlaced',
				description: 'A store that is connected to Mailchimp has a new order',
			},
			{
				name: 'Tag or Segment Created',
				value: 'segmentCreated',
				description: 'An audience has a new tag or segment',
			},
			{
				name: 'Tag or Segment Updated',
				value: 'segmentUpdated',
				description: 'A tag or segment of an audience is new, or Mailchimp says that it was updated',
			},
		],
		default: 'emailOpened',
		description:
			'What starts the workflow. Mailchimp reports none of these by itself, so it is asked at the times above; for subscribers who come, change or go there is the MailOps Mailchimp Trigger.',
	},
	shownFor(audienceLocator, 'segmentCreated', 'segmentUpdated'),
	shownFor(
		{
			...audienceLocator,
			required: false,
			description: 'Only campaigns to this audience; those to all audiences when it is empty',
		},
		'campaignCreated',
		'campaignSent',
	),
	shownFor(
		{
			...campaignLocator,
			required: false,
			description:
				'Only this campaign, which must have been sent; all that were sent lately when it is empty',
		},
		'emailOpened',
		'linkClicked',
	),
	shownFor(storeLocator, 'customerCreated', 'orderPlaced'),
	shownFor(
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What is seldom needed: the presets suit most',
			options: [
				{
					displayName: 'Sent in the Last Days',
					name: 'days',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 365 },
					default: 30,
					description:
						'How long after its sending a campaign is watched, when none is chosen above. One request tells which of them have news; only those are asked further.',
				},
			],
		},
		'emailOpened',
		'linkClicked',
	),
];
