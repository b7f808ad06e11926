import { PostmarkError, invalidEmail } from './errors';
import type { Recipient } from './records';

/**
 * A comma-separated address list: `Anna <anna@example.com>, "Li, Wei" <li@example.com>, bob@example.com`. A comma
 * behind the last is no fault.
 * @throws 300 that names the field and the address.
 */
export function parseAddresses(list: string, field: string): Recipient[] {
	const parts = splitList(list);
	if (parts.length > 1 && parts.at(-1)?.trim() === '') parts.pop();
	return parts.map((part) => parseAddress(part, field));
}

/** @throws 300 that names the field and the address. */
export function parseAddress(text: string, field: string): Recipient {
	const trimmed = text.trim();
	const bracketed = /^(.*?)\s*<([^<>]*)>$/s.exec(trimmed);
	const email = (bracketed?.[2] ?? trimmed).trim();
	const name = (bracketed?.[1] ?? '').trim();
	const fail = (why: string) =>
		invalidEmail(`Error parsing '${field}': Illegal email address '${email}'. ${why}`);
	if (!email.includes('@')) throw fail("It must contain the '@' symbol.");
	const at = email.lastIndexOf('@');
	if (!/^[\w!#$%&'*+/=?^`{|}~.-]{1,64}$/.test(email.slice(0, at)))
		throw fail('The part before the @ is not valid.');
	if (!/^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u.test(email.slice(at + 1))) {
		throw fail('The domain is not valid.');
	}
	if (/[\r\n]/.test(name)) throw fail('The name must not contain a line break.');
	const quoted = /^"(.*)"$/s.exec(name);
	if (!quoted && /[",<>@]/.test(name)) throw fail('A name with such characters must be quoted.');
	return { Email: email, Name: quoted ? (quoted[1] ?? '').replace(/\\(.)/g, '$1') : name };
}

/** Whether a text is one address without a name. */
export function isAddress(text: string): boolean {
	try {
		return parseAddress(text, '').Email === text;
	} catch (error) {
		if (error instanceof PostmarkError) return false;
		throw error;
	}
}

/** Cuts at the commas that are outside quotes and angle brackets. */
function splitList(list: string): string[] {
	const parts: string[] = [];
	let part = '';
	let quoted = false;
	for (let at = 0; at < list.length; at += 1) {
		const char = list[at] as string;
		if (char === '\\' && quoted) {
			part += char + (list[at + 1] ?? '');
			at += 1;
			continue;
		}
		if (char === '"') quoted = !quoted;
		if (char === ',' && !quoted) {
			parts.push(part);
			part = '';
		} else part += char;
	}
	return [...parts, part];
}
