import addressparser from 'nodemailer/lib/addressparser';
import isEmail from 'validator/lib/isEmail';
import { invalidInput } from '../errors';
import { truncate } from '../text';

export interface Address {
	/** '' when there is none. */
	name: string;
	address: string;
}

/** What nearly all addresses look like; only the others need the long check. */
const ORDINARY = /^[a-z0-9]+(?:[._+-][a-z0-9]+){0,6}@(?:[a-z0-9]+(?:-[a-z0-9]+)?\.){1,3}[a-z]{2,12}$/i;

/** Whether this is one plain mail address (RFC 5321, with international letters allowed by RFC 6531). */
export function isAddress(text: string): boolean {
	if (text.length <= 64 && ORDINARY.test(text)) return true;
	return isEmail(text, { allow_utf8_local_part: true, ignore_max_length: false });
}

/**
 * Reads an address list as people paste it: `Ana <a@x.com>, b@y.com; c@z.com`, with line breaks or spaces between
 * them too. Each address that is none is named. `label` is the field in the editor.
 */
export function parseAddresses(text: string, label: string): Address[] {
	const known = latest.get(label);
	if (known?.text === text) return known.entries;
	const entries = readList(text, label);
	latest.set(label, { text, entries });
	return entries;
}

/** The sender is mostly the same for thousands of items: each field's latest list is read once. */
const latest = new Map<string, { text: string; entries: Address[] }>();

/** One address and nothing around it needs no parser. */
const BARE = /^[^\s<>,;:"()\\]+$/;

function readList(text: string, label: string): Address[] {
	const entries = BARE.test(text)
		? [{ name: '', address: text }]
		: addressparser(withCommas(text), { flatten: true }).filter(
				({ name, address }) => name !== '' || address !== '',
			);
	const bad = entries.filter(({ address }) => !isAddress(address));
	if (bad.length > 0) {
		const names = bad.slice(0, 5).map(({ name, address }) => `“${truncate(address || name)}”`);
		const more = bad.length > names.length ? ` and ${bad.length - names.length} more` : '';
		throw invalidInput(
			label,
			`'${label}' has ${bad.length === 1 ? 'an entry that is' : `${bad.length} entries that are`} not a mail address: ${names.join(', ')}${more}`,
			'Write addresses like ana@example.com or Ana Bauer <ana@example.com>, with commas between them.',
		);
	}
	return entries;
}

/** A quoted name, or an address that another one follows after nothing but a space. */
const QUOTED_OR_SPACED =
	/"(?:[^"\\]|\\.)*"|(?<![^\s<>,;:"()])([^\s<>,;:"()@]+@[^\s<>,;:"()@]+)[ \t]+(?=[^\s<>,;:"()@]+@)/g;

/** Lists come with line breaks or mere spaces too; a parser would take the second of two addresses for a name. */
function withCommas(text: string): string {
	return text
		.replace(/[\r\n]+/g, ', ')
		.replace(QUOTED_OR_SPACED, (all, address?: string) => (address === undefined ? all : `${address}, `));
}

/** One mailbox in the form of RFC 5322: `"Bauer, Ana" <ana@example.com>`. */
export function formatAddress({ name, address }: Address): string {
	if (name === '') return address;
	return `"${name.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/["\\]/g, '\\$&')}" <${address}>`;
}

export const formatAddresses = (addresses: Address[]): string => addresses.map(formatAddress).join(', ');
