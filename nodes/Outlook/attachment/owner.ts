import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { messagePath, type Target } from '../api/messages';
import { eventField, eventPath, readEvent } from '../event/fields';
import { messageField } from '../locators';
import { mailboxField } from '../mailbox';
import { readTarget } from '../message/target';

/** What a file is attached to. */
export interface Owner extends Target {
	kind: 'message' | 'event';
}

/** The fields by which a message or an event is named. */
export const ownerFields: INodeProperties[] = [
	{
		displayName: 'Attached To',
		name: 'attachedTo',
		type: 'options',
		options: [
			{ name: 'Event', value: 'event', description: 'An appointment or a meeting' },
			{ name: 'Message', value: 'message', description: 'A message or a draft' },
		],
		default: 'message',
		description: 'What the file is attached to',
	},
	mailboxField,
	{ ...messageField, displayOptions: { show: { attachedTo: ['message'] } } },
	{ ...eventField, displayOptions: { show: { attachedTo: ['event'] } } },
];

export const readOwner = (item: ParameterReader): Owner =>
	item.option('attachedTo') === 'event'
		? { kind: 'event', ...readEvent(item) }
		: { kind: 'message', ...readTarget(item) };

export const ownerPath = (owner: Owner, client: Client): string =>
	owner.kind === 'event' ? eventPath(owner, client) : messagePath(owner, client);
