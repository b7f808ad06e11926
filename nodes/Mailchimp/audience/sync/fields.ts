import type { INodeProperties } from 'n8n-workflow';
import { audienceLocator } from '../../locators';

/** Whom the sync looks after: never an audience's customers just because a list of colleagues does not have them. */
export const sourceFields: INodeProperties[] = [
	audienceLocator,
	{
		displayName: 'This Sync Looks After',
		name: 'owns',
		type: 'options',
		options: [
			{
				name: 'Contacts With a Tag of Its Own',
				value: 'tag',
				description: 'It puts the tag on everybody on the list, and takes nobody else for a leaver',
			},
			{
				name: 'Everybody in the Audience',
				value: 'all',
				description: 'Whoever is in the audience and not on the list counts as having left',
			},
		],
		default: 'tag',
		description: 'Which contacts can be leavers. Others are only changed when they are on the list.',
	},
	{
		displayName: 'Tag of This Sync',
		name: 'ownTag',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Staff',
		displayOptions: { show: { owns: ['tag'] } },
		description: 'By this tag the sync knows its contacts again. No other sync of the audience may use it.',
	},
	{
		displayName: 'New Contacts Become',
		name: 'newStatus',
		type: 'options',
		options: [
			{
				name: 'Pending',
				value: 'pending',
				description: 'Mailchimp sends them a confirmation first, and they are subscribed by answering it',
			},
			{
				name: 'Subscribed',
				value: 'subscribed',
				description: 'They get campaigns at once. Only for people who have agreed to it.',
			},
		],
		default: 'subscribed',
		description: 'What people become who are not in the audience yet',
	},
];

export const optionFields: INodeProperties[] = [
	{
		displayName: 'Skip Merge Validation',
		name: 'skipMergeValidation',
		type: 'boolean',
		default: true,
		description: 'Whether a contact is taken although a required merge field is empty',
	},
	{
		displayName: 'Tag Prefix',
		name: 'tagPrefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. Dept: ',
		description:
			'Tags that begin so belong to this sync: one that a row does not name is taken off its contact. Without it, that is so for the tags that some row of the list names; all others stay as they are.',
	},
];
