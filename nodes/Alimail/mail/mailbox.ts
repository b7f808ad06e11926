import type { INodeProperties } from 'n8n-workflow';
import { isAddress } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { truncate } from '../../../core/text';

/** The field of every operation on somebody's mail: the app may open any mailbox of the organization. */
export const mailboxLocator: INodeProperties = {
	displayName: 'Mailbox',
	name: 'mailbox',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'Whose mailbox to work in: any of your organization that the app may open',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchUsers', searchable: true },
		},
		{
			displayName: 'By Address',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. support@example.com',
		},
	],
};

/** @throws {ServiceError} for what is no address: the path would be another one */
export function readMailbox(item: ParameterReader): string {
	const mailbox = item.resourceId('mailbox');
	if (isAddress(mailbox)) return mailbox;
	throw item.fieldError(
		'mailbox',
		`is not a mail address: “${truncate(mailbox)}”`,
		'Enter the address of the mailbox, like support@example.com.',
	);
}
