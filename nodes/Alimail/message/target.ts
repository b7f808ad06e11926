import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { mailboxLocator, readMailbox } from '../mail/mailbox';

const messageField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. DzzzzzzNxxx',
	description: 'The ID that another Alimail node has given',
};

/** The fields by which a message is named. */
export const targetFields: INodeProperties[] = [mailboxLocator, messageField];

export interface Target {
	mailbox: string;
	id: string;
}

export const readTarget = (item: ParameterReader): Target => ({
	mailbox: readMailbox(item),
	id: item.requiredText('messageId'),
});
