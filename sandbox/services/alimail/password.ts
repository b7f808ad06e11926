import { invalid } from './errors';

const WEAK = /password|passw0rd|qwerty|asdfgh|12345|abcde|iloveyou|admin|welcome/i;

/**
 * 9–64 characters, at least three of upper case, lower case, digit and special character, plus a strength check
 * (alibabacloud.com/help: how to reset the password of employee accounts). An older page also forbids the address in it
 * and weak keywords; the list of those, and the rule on repeats, are the sandbox's own.
 * @throws 400 without repeating the password.
 */
export function checkPassword(password: string, address: string, field = 'password'): void {
	const weak = (message: string) => invalid(`The password ${message}.`, field);
	if (password.length < 9 || password.length > 64) throw weak('must have 9 to 64 characters');
	const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
	if (classes < 3) {
		throw weak('needs at least three of upper case, lower case, digit and special character');
	}
	const local = address.split('@')[0] ?? '';
	if (local.length >= 3 && password.toLowerCase().includes(local.toLowerCase())) {
		throw weak('must not contain the address');
	}
	if (WEAK.test(password)) throw weak('contains a common word');
	if (/(.)\1{3}/.test(password)) throw weak('repeats one character more than three times');
}
