import { isAddress } from '../../../../core/mail/address';
import type { Fields, Finding } from '../../../../core/sync';

/** The longest that Graph takes (https://learn.microsoft.com/graph/api/resources/user). */
const LONGEST: Record<string, number> = {
	employeeId: 16,
	displayName: 256,
	givenName: 64,
	surname: 64,
	department: 64,
	jobTitle: 128,
	mobilePhone: 64,
	businessPhone: 64,
};

/** What Graph would refuse of one row, said before anything is sent. */
export function checkRow(fields: Fields): Finding[] {
	const findings: Finding[] = [];
	const say = (field: string, message: string, remedy: string) => findings.push({ field, message, remedy });
	const { userPrincipalName: address, displayName, usageLocation, initialPassword } = fields;
	if (!address) say('userPrincipalName', 'is missing', 'Fill in the address in the source.');
	else if (!isAddress(String(address)))
		say('userPrincipalName', 'is not a mail address', 'Correct it in the source.');
	if (!displayName) say('displayName', 'is missing', 'Fill in the name in the source.');
	if (usageLocation && !/^[A-Za-z]{2}$/.test(String(usageLocation)))
		say('usageLocation', 'is not a country in two letters', 'Write it like DE in the source.');
	if (initialPassword && String(initialPassword).length < 8)
		say(
			'initialPassword',
			'has fewer than 8 characters',
			'Choose another, or leave it empty to have one made.',
		);
	for (const [field, most] of Object.entries(LONGEST)) {
		const { length } = String(fields[field] ?? '');
		if (length > most)
			say(field, `has ${length} characters, and ${most} are the most`, 'Shorten it in the source.');
	}
	return findings;
}
