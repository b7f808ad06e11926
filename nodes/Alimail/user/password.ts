/**
 * Alimail's policy: 9 to 64 characters, three of the four kinds, and a strength check
 * (https://www.alibabacloud.com/help/en/alibaba-mail/latest/how-to-reset-password-of-employee-accounts).
 */
export { generatePassword } from '../../../core/password';

/** What is wrong with a password by that policy, or undefined. The password itself is never part of the answer. */
export function passwordFault(password: string): string | undefined {
	if (password.length < 9 || password.length > 64)
		return `has ${password.length} characters; Alimail wants 9 to 64`;
	const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
	return kinds < 3
		? 'is too simple: Alimail wants three of upper case, lower case, digit, special character'
		: undefined;
}
