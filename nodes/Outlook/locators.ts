import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../core/node/locator';

export const folderLocator = locator({
	displayName: 'Folder',
	name: 'folder',
	description:
		'The mail folder. By ID also by a name that every mailbox has: inbox, drafts, sentitems, archive.',
	search: 'searchFolders',
	example: 'inbox',
});

/** The same where it may be left out. */
export const optionalFolder: INodeProperties = {
	...folderLocator,
	required: false,
	description:
		'Only this mail folder; all folders when it is empty. By ID also inbox, drafts, sentitems, archive.',
};

export const messageField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. AAkALgAAAAAAHYQDEapmEc2byACqAC',
	description: 'The ID that another Outlook node has given. It stays when the message is moved.',
};

export const calendarLocator: INodeProperties = {
	...locator({
		displayName: 'Calendar',
		name: 'calendar',
		description: 'The calendar to work in; the usual one when it is empty',
		search: 'searchCalendars',
		example: 'AAMkAGI2TGuLAAA=',
	}),
	required: false,
};

export const calendarGroupLocator: INodeProperties = {
	...locator({
		displayName: 'Calendar Group',
		name: 'calendarGroup',
		description: 'Under which heading of the calendars it stands; the usual one when it is empty',
		search: 'searchCalendarGroups',
		example: 'AAMkAGI2TGuLAAA=',
	}),
	required: false,
};

export const contactFolderLocator: INodeProperties = {
	...locator({
		displayName: 'Contact Folder',
		name: 'contactFolder',
		description: 'The folder of the contacts; the usual one when it is empty',
		search: 'searchContactFolders',
		example: 'AAMkAGI2TGuLAAA=',
	}),
	required: false,
};
