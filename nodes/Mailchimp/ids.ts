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

/** An ID that was picked or entered; a name in that place is a mistake worth naming. @param remedy where it is found */
export function pickedId(item: ParameterReader, name: string, remedy: string): string {
	const id = item.resourceId(name);
	if (!/^\w{6,40}$/.test(id)) throw item.fieldError(name, `is not an ID: “${id}”`, remedy);
	return id;
}

/** The same where Mailchimp's IDs are numbers. */
export function pickedNumber(item: ParameterReader, name: string, remedy: string): string {
	const id = item.resourceId(name);
	if (!/^\d{1,15}$/.test(id)) throw item.fieldError(name, `is not a number: “${id}”`, remedy);
	return id;
}

export const audienceId = (item: ParameterReader): string =>
	pickedId(
		item,
		'audience',
		'Choose the audience from the list, or enter its ID, which Audience → Get Many shows as “id”. It is not its name.',
	);

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
