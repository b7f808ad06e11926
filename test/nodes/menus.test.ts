import type { INodePropertyOptions } from 'n8n-workflow';
import { packNodes } from '../support/tree';

/** What people look for first stands first, in the menus and so among the actions in n8n's panel. */
const MENUS: Record<string, string[]> = {
	'MailOps Active Directory': [
		'User: Sync, Get Many, Get, Verify Password, Create, Update, Disable, Enable, Unlock, Set Password, Force Password Change, Move, Delete',
		'Group: Get Many, Get Members, Add Member, Remove Member, Create, Delete',
		'Entry: Get Many, Get, Compare, Create, Update, Move, Delete',
		'Directory: Changes Since, Test Connection, Get Info',
	],
	'MailOps Alimail': [
		'User: Sync, Get Many, Get, Create, Update, Freeze, Unfreeze, Reset Password, Add Alias, Remove Alias, Delete',
		'Department: Get Many, Get, Create, Ensure Path, Update, Delete',
		'Message: Send, Get Many, Get, Mark as Read or Unread, Move, Delete',
		'Attachment: Get Many, Download',
		'Mail Folder: Get Many, Create, Rename, Delete',
		'Shared Contact: Get Many',
		'Domain: Get Many, Get, Add, Verify Ownership, Add Alias, Remove Alias, Delete',
		'Organization: Get, Update',
		'Custom API Call: Make Request',
	],
	'MailOps AokSend': [
		'Email: Send With Template, Send',
		'Account: Get Balance',
		'Custom API Call: Make Request',
	],
	'MailOps Mailchimp': [
		'Member: Create or Update, Get Many, Search, Get, Create, Update, Add or Remove Tags, Get Tags, Archive, Delete Permanently, Add Note, Get Notes, Add Event, Get Events, Get Activity',
		'Tag: Add to Members, Remove From Members, Get Many, Get Members, Get, Create, Rename, Delete',
		'Segment: Get Many, Get Members, Get, Create, Update, Delete',
		'Audience: Sync, Get Many, Get, Get Activity, Create, Update, Delete',
		'Merge Field: Get Many, Get, Create, Update, Delete',
		'Interest Category: Get Many, Get, Create, Update, Delete',
		'Interest: Get Many, Get, Create, Update, Delete',
		'Campaign: Send, Schedule, Unschedule, Send Test, Cancel, Pause, Resume, Get Many, Search, Get, Get Content, Get Checklist, Create, Replicate, Create Resend, Set Content, Update, Delete',
		'Template: Get Many, Get, Get Sections, Create, Update, Delete',
		'Report: Get Many, Get, Get Opens, Get Clicks, Get Members Who Clicked, Get Unsubscribes, Get Recipients, Get Email Activity',
		'Webhook: Get Many, Get, Create, Update, Delete',
		'Automation: Trigger Journey Step, Add to Queue, Get Many, Get Emails',
		'File: Upload, Get Many, Get, Delete',
		'Store: Create or Update, Get Many, Get, Delete',
		'Customer: Create or Update, Get Many, Get, Delete',
		'Product: Create or Update, Get Many, Get, Delete',
		'Order: Create or Update, Get Many, Get, Delete',
		'Cart: Create or Update, Get Many, Get, Delete',
		'Batch: Run, Get Many, Get, Get Results, Delete',
		'Account: Get',
		'Custom API Call: Make Request',
	],
	'MailOps Outlook': [
		'Message: Send, Send and Wait for Approval, Queue, Get Queued, Get Queue Report, Cancel Queued, Reply, Reply to All, Forward, Get Many, Get, Get Changes, Update, Mark as Read or Unread, Flag, Categorize, Move, Copy, Delete Permanently, Delete',
		'Draft: Send, Get Many, Get, Create, Update, Delete',
		'Attachment: Get Many, Get, Download, Add, Delete',
		'Folder: Get Many, Get, Create, Update, Move, Copy, Delete',
		'Event: Get Many, Get, Create, Update, Respond, Forward, Cancel, Delete',
		'Calendar: Get Many, Get, Get Free and Busy, Get Meeting Times, Create, Update, Delete',
		'Contact: Get Many, Get, Get Photo, Create, Update, Set Photo, Delete',
		'Contact Folder: Get Many, Get, Create, Update, Delete',
		'Category: Get Many, Create, Update, Delete',
		'Rule: Get Many, Get, Create, Update, Delete',
		'Mailbox Settings: Get, Update, Set Automatic Reply',
		'User: Sync, Get Many, Get, Create, Update, Disable, Enable, Delete',
		'Account: Get',
		'Custom API Call: Make Request',
	],
	'MailOps SendPulse': [
		'SMTP Email: Send, Send With Template, Get Many, Get, Get Statuses, Get Bounces, Get Senders, Get Domains, Get IP Addresses',
		'Contact: Add, Sync, Get Many, Get, Get by Variable, Get Across Lists, Get Statistics, Update, Set Phone, Unsubscribe, Delete From All Lists, Delete',
		'Campaign: Get Many, Get, Get Statistics, Create, Test, Update, Cancel',
		'Mailing List: Get Many, Get, Get Variables, Get Cost, Create, Update, Delete',
		'Template: Get Many, Get, Create, Update',
		'Sender: Get Many, Create, Request Code, Confirm, Delete',
		'Automation: Start by Event, Get Many, Get Statistics',
		'Tag: Add to Contact, Remove From Contact, Get Many, Create, Update, Delete',
		'Blacklist: Add, Get Many, Remove',
		'SMTP Unsubscribe: Add, Get Many, Get, Invite Back, Remove',
		'Verifier: Verify Address, Get Address Result, Verify List, Get List Progress, Get List Results, Get Verified Lists',
		'Account: Get Balance',
		'Custom API Call: Make Request',
	],
	'MailOps Postmark': [
		'Email: Send, Send With Template, Send and Wait for Approval, Send Bulk, Get Bulk Status',
		'Message: Get Many, Get, Get Opens, Get Clicks, Get Source',
		'Bounce: Get Many, Get, Get Delivery Stats, Activate, Get Source',
		'Suppression: Get Many, Create, Delete',
		'Template: Get Many, Get, Create, Update, Validate, Delete',
		'Message Stream: Get Many, Get, Create, Update, Archive, Unarchive',
		'Inbound Message: Get Many, Get, Bypass Rules, Retry',
		'Inbound Rule: Get Many, Create, Delete',
		'Statistics: Get Overview, Get Series',
		'Webhook: Get Many, Get, Create, Update, Delete',
		'Server: Get, Update',
		'Account Server: Get Many, Get, Create, Update, Push Templates, Delete',
		'Domain: Get Many, Get, Create, Update, Verify DKIM, Verify Return-Path, Verify Tracking Domain, Rotate DKIM, Delete',
		'Sender Signature: Get Many, Get, Create, Update, Resend Confirmation, Delete',
		'Data Removal: Get, Create',
		'Custom API Call (Account): Make Request',
		'Custom API Call: Make Request',
	],
};

const actions = packNodes().filter(([, { description }]) => !description.group.includes('trigger'));

test.each(actions)('the menus of %s are in the order of use', (_, { description }) => {
	const choices = (name: string, resource?: string) =>
		description.properties
			.filter(
				(field) =>
					field.name === name &&
					field.displayOptions?.show?.['@tool'] === undefined &&
					(resource === undefined || field.displayOptions?.show?.resource?.includes(resource)),
			)
			.flatMap(({ options }) => options as INodePropertyOptions[]);
	const menus = choices('resource').map(
		({ name, value }) =>
			`${name}: ${choices('operation', String(value))
				.map((operation) => operation.name)
				.join(', ')}`,
	);
	expect(menus).toEqual(MENUS[description.displayName]);
});
