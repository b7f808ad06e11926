import { randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses on paper: no I, l, 1, O, 0. */
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const LOWER = 'abcdefghijkmnopqrstuvwxyz';
const DIGITS = '23456789';
const SIGNS = '!#%+=?@_-';
const LENGTH = 16;

/** A random password with all four kinds of characters, and none of them twice: repetition is what strength checks look for. */
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
