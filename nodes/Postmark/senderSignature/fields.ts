import type { INodeProperties } from 'n8n-workflow';
import { isAddress } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { returnPathField } from '../domain/fields';
import { listOf } from '../connection';

export const signatures = listOf('SenderSignatures');

/** What can be said of a sender beside name and address. Their order is the alphabet's. */
export const moreFields: INodeProperties[] = [
	{
		displayName: 'Personal Note',
		name: 'note',
		type: 'string',
		default: '',
		placeholder: 'e.g. Hello Ana, please confirm this for our newsletter.',
		description: 'A text for the email that asks the person to confirm, up to 400 characters',
	},
	{
		displayName: 'Reply-To Address',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. helpdesk@example.com',
		description: 'Where answers go, when not to the sender',
	},
	returnPathField,
];

export function readMore(fields: ParameterReader): Record<string, string> {
	const replyTo = fields.text('replyTo');
	if (replyTo !== '' && !isAddress(replyTo))
		throw fields.fieldError(
			'replyTo',
			`is not a mail address: “${replyTo}”`,
			'Enter one like ana@example.com.',
		);
	return {
		...(fields.value('note') === undefined ? {} : { ConfirmationPersonalNote: fields.text('note') }),
		...(fields.value('replyTo') === undefined ? {} : { ReplyToEmail: replyTo }),
		...(fields.value('returnPathDomain') === undefined
			? {}
			: { ReturnPathDomain: fields.text('returnPathDomain') }),
	};
}
