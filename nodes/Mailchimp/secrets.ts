import type { IDataObject } from 'n8n-workflow';
import { withMaskedAddresses } from '../../core/webhook/masked';

const MASK = '***';

/**
 * An answer as it may go out of the node, however deep its parts are: with the signing secret of a webhook, which Mailchimp tells
 * when it is made, anybody could pass for Mailchimp.
 */
export function withMaskedSecrets<T = IDataObject>(answer: T): T {
	if (Array.isArray(answer)) return answer.map((part: unknown) => withMaskedSecrets(part)) as T;
	if (typeof answer !== 'object' || answer === null) return answer;
	return Object.fromEntries(
		Object.entries(answer).map(([name, part]) => [
			name,
			name === 'signing_secret' && part !== null && part !== '' ? MASK : withMaskedSecrets<unknown>(part),
		]),
	) as T;
}

/** As an item may show it: addresses are masked too, in which a sign-in or the key of a trigger stands. */
export const shownAnswer = (answer: IDataObject): IDataObject =>
	withMaskedAddresses(withMaskedSecrets(answer));
