import { randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses on paper: no I, l, 1, O, 0. */
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const LOWER = 'abcdefghijkmnopqrstuvwxyz';
const DIGITS = '23456789';
const SIGNS = '!#%+=?@_-';
const LENGTH = 16;

/**
 * A random password that meets Alimail's policy: 9 to 64 characters, three of the four kinds, and a strength check
 * (https://www.alibabacloud.com/help/en/alibaba-mail/latest/how-to-reset-password-of-employee-accounts). It has all four
 * kinds and no character twice: repetition is what strength checks look for.
 */
export function generatePassword(): string {
	const kinds = [UPPER, LOWER, DIGITS, SIGNS];
	const some = kinds.map((kind) => kind[randomInt(kind.length)]!);
	const others = shuffled([...kinds.join('')].filter((character) => !some.includes(character)));
	return shuffled([...some, ...others.slice(0, LENGTH - some.length)]).join('');
}

/** Fisher and Yates, with randomness fit for secrets. */
function shuffled(characters: string[]): string[] {
	for (let i = characters.length - 1; i > 0; i--) {
		const j = randomInt(i + 1);
		[characters[i], characters[j]] = [characters[j]!, characters[i]!];
	}
	return characters;
}

/** What is wrong with a password by that policy, or undefined. The password itself is never part of the answer. */
export function passwordFault(password: string): string | undefined {
	if (password.length < 9 || password.length > 64)
		return `has ${password.length} characters; Alimail wants 9 to 64`;
	const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
	return kinds < 3
		? 'is too simple: Alimail wants three of upper case, lower case, digit, special character'
		: undefined;
}
