import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { readMailbox, rootOf } from '../mailbox';

export const contactField: INodeProperties = {
	displayName: 'Contact ID',
	name: 'contactId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. AAkALgAAAAAAHYQDEapmEc2byACqAC',
	description: 'The ID that another Outlook node has given',
};

export interface One {
	mailbox: string;
	id: string;
}

export const readOne = (item: ParameterReader): One => ({
	mailbox: readMailbox(item),
	id: item.requiredText('contactId'),
});

export const onePath = ({ mailbox, id }: One, client: Client): string =>
	`${rootOf(mailbox, client)}${path`/contacts/${id}`}`;
