import { createHash } from 'node:crypto';
import { isAddress } from '../../core/mail/address';
import type { ParameterReader } from '../../core/node/parameters/reader';

/** MD5 of the address in lower case (https://mailchimp.com/developer/marketing/docs/methods-parameters/#path-parameters). */
export const hashOf = (address: string): string =>
	createHash('md5').update(address.toLowerCase()).digest('hex');

/** By which an address of an answer is found again: Mailchimp keeps the letters as they were given first. */
export const addressKey = (address: unknown): string =>
	String(address ?? '')
		.trim()
		.toLowerCase();

/** The ID of an audience; its name in that place is a mistake worth naming. */
export function audienceId(item: ParameterReader): string {
	const id = item.resourceId('audience');
	if (!/^\w{6,40}$/.test(id))
		throw item.fieldError(
			'audience',
			`is not an ID: “${id}”`,
			'Choose the audience from the list, or enter its ID, which Audience → Get Many shows as “id”. It is not its name.',
		);
	return id;
}

/** One address, without spaces around it. */
export function readAddress(item: ParameterReader, name = 'emailAddress'): string {
	const address = item.requiredText(name);
	if (!isAddress(address))
		throw item.fieldError(
			name,
			`is not a mail address: “${address}”`,
			'Enter one address without a name, like ana@example.com.',
		);
	return address;
}

/** What stands for a contact in a path: an address as its hash, anything else as it is. */
export function memberKey(item: ParameterReader): string {
	const text = item.requiredText('member');
	if (text.includes('@')) return hashOf(readAddress(item, 'member'));
	return text;
}
