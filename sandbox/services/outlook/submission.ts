import type { Directory } from './directory';
import { badRequest, GraphError } from './errors';
import type { Mailbox } from './mailbox';
import { addressOf, type Item, recipientsOf } from './records';
import type { OutlookSettings } from './settings';

/** What Exchange refuses of a message, whenever it is to leave. @throws {GraphError} */
export function demandSendable(
	mailbox: Mailbox,
	{ props, attachments }: Item,
	{ shared }: Directory,
	{ recipientsPerMessage, messageBytes }: OutlookSettings,
): void {
	const recipients = recipientsOf(props);
	if (recipients.length === 0)
		throw badRequest('At least one recipient is not valid, or none is given.', 'ErrorInvalidRecipients');
	for (const recipient of recipients)
		if (!/^[^@\s<>,]+@[^@\s<>,]+$/.test(addressOf(recipient)))
			throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients');
	if (recipients.length > recipientsPerMessage)
		throw badRequest('The message has more recipients than are allowed.', 'ErrorExceededMessageLimit');
	const size =
		JSON.stringify(props).length +
		[...attachments.values()].reduce((sum, { content }) => sum + content.length * 1.37, 0);
	if (size > messageBytes)
		throw badRequest('The message exceeds the maximum supported size.', 'ErrorMessageSizeExceeded');
	const sender = addressOf(props.from);
	if (
		sender !== '' &&
		sender.toLowerCase() !== mailbox.address.toLowerCase() &&
		!shared.get(sender.toLowerCase())?.has(mailbox.owner)
	)
		throw new GraphError(
			403,
			'ErrorSendAsDenied',
			'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.',
		);
}
