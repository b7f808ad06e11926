import { difference, type IdempotencyKey, type KeyedMessage } from '../../batch/idempotency';
import { invalidInput, type ServiceError } from '../../errors';
import { truncate } from '../../text';

/**
 * The complaint when a user's own key stands for two messages that are not the same: somebody would not get theirs.
 * `field` is the key's field in the editor.
 */
export function keyOfAnother(
	field: string,
	{ key, message }: IdempotencyKey,
	other: KeyedMessage | undefined,
): ServiceError | undefined {
	const differs = message && other && difference(message, other);
	if (differs === undefined) return undefined;
	return invalidInput(
		field,
		`The '${field}' “${truncate(key)}” already belongs to another email, ${told(other!, differs)}; this one is ${told(message!, differs)}, and was not sent`,
		`Check the expression in '${field}': it must give each email a value of its own, such as the order number, and the same value again only for the same email.`,
	);
}

const told = ({ recipients, subject = '', template = '' }: KeyedMessage, differs: string): string => {
	const to = `to ${truncate(recipients.join(', '))}`;
	if (differs === 'subject') return `${to} with the subject “${truncate(subject)}”`;
	return differs === 'template' ? `${to} with the template “${truncate(template)}”` : to;
};
