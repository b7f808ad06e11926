import addressparser from 'nodemailer/lib/addressparser';
import isEmail from 'validator/lib/isEmail';
import { invalidInput } from '../errors';
import { truncate } from '../text';
import { HIDDEN, isPlain, visibleText } from '../visible';

export interface Address {
	/** '' when there is none. */
	name: string;
	address: string;
}

/** What nearly all addresses look like; only the others need the long check. */
const ORDINARY = /^[a-z0-9]+(?:[._+-][a-z0-9]+){0,6}@(?:[a-z0-9]+(?:-[a-z0-9]+)?\.){1,3}[a-z]{2,12}$/i;

/**
 * Whether this is one plain mail address (RFC 5321, with international letters allowed by RFC 6531). One with a character in
 * it that nobody can see is none: services refuse it with words in which nothing is to be seen.
 */
export function isAddress(text: string): boolean {
	if (text.length <= 64 && ORDINARY.test(text)) return true;
	return (
		visibleText(text) === text && isEmail(text, { allow_utf8_local_part: true, ignore_max_length: false })
	);
}

/**
 * Reads an address list as people paste it: `Ana <a@x.com>, b@y.com；c@z.com`, with Chinese punctuation, line breaks or
 * spaces between them too. Each address that is none is named, and so is what belongs to no address: everyone whose
 * address is in the text gets the mail, or nobody does. `label` is the field in the editor.
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
const BARE = /^[^\s<>,;:"()\\|，、；]+$/;

const HIDDEN_RUN = new RegExp(`[${HIDDEN}]+`, 'gu');
const EDGE = /[\s<>,;:"()|，、；]/;

/** Without invisible characters that came along around entries; inside an address they are a mistake of the source. */
const withoutHiddenEdges = (text: string): string =>
	text.replace(HIDDEN_RUN, (run, at: number) => {
		const [before, after] = [text.charAt(at - 1), text.charAt(at + run.length)];
		return before === '' || after === '' || EDGE.test(before) || EDGE.test(after) ? '' : run;
	});

function readList(text: string, label: string): Address[] {
	const seen = isPlain(text) ? text : withoutHiddenEdges(text);
	const isBare = BARE.test(seen);
	const list = isBare ? seen : withCommas(seen);
	const entries = isBare
		? [{ name: '', address: seen }]
		: addressparser(list, { flatten: true }).filter(({ name, address }) => name !== '' || address !== '');
	const bad = entries.filter(({ address }) => !isAddress(address));
	if (bad.length > 0) {
		const names = bad.slice(0, 5).map(({ name, address }) => `“${truncate(address || name)}”`);
		const more = bad.length > names.length ? ` and ${bad.length - names.length} more` : '';
		throw invalidInput(
			label,
			`'${label}' has ${bad.length === 1 ? 'an entry that is' : `${bad.length} entries that are`} not a mail address: ${names.join(', ')}${more}`,
			bad.some(({ address }) => visibleText(address) !== address.trim())
				? 'What stands between ‹ and › is a character that cannot be seen: delete that address, and type it anew.'
				: 'Write addresses like ana@example.com or Ana Bauer <ana@example.com>, with commas between them.',
		);
	}
	const rest = isBare ? undefined : leftOver(list, entries);
	if (rest !== undefined)
		throw invalidInput(
			label,
			`'${label}' has text that belongs to no address: “${truncate(rest)}”`,
			'Write a comma between two addresses, and quotes around a name with signs in it: "Bauer, Ana" <ana@example.com>.',
		);
	return entries;
}

/** Everything that is put in quotes, or in brackets as a comment. */
const ASIDE = /"(?:[^"\\]|\\.)*"|\([^()]*\)/g;
const ADDRESS_LIKE = /[^\s<>,;:"()|]+@[^\s<>,;:"()|]+/g;
/** What follows on an address in angle brackets, up to the next separator. */
const TRAILING = />\s*([^\s,;][^,;]*)/;

/** Something in the list that no entry of it accounts for: a second address, or words behind one. */
function leftOver(list: string, entries: Address[]): string | undefined {
	const known = new Set(entries.map(({ address }) => address.toLowerCase()));
	const plain = list.replace(ASIDE, ' ');
	const lost = plain.match(ADDRESS_LIKE)?.find((found) => !known.has(found.toLowerCase()));
	return lost ?? TRAILING.exec(plain)?.[1]?.trim();
}

/** A quoted name, or an address that another one follows after nothing but a space. */
const QUOTED_OR_SPACED =
	/"(?:[^"\\]|\\.)*"|(?<![^\s<>,;:"()])([^\s<>,;:"()@]+@[^\s<>,;:"()@]+)[ \t]+(?=[^\s<>,;:"()@]+@)/g;

/** What separates entries in Chinese; in a quoted name it is part of the name. */
const CHINESE_SEPARATOR = /"(?:[^"\\]|\\.)*"|[，、；]/g;

/** Lists come with line breaks or mere spaces too; a parser would take the second of two addresses for a name. */
function withCommas(text: string): string {
	return text
		.replace(/[\r\n]+/g, ', ')
		.replace(CHINESE_SEPARATOR, (found) => (found.length === 1 ? ', ' : found))
		.replace(QUOTED_OR_SPACED, (all, address?: string) => (address === undefined ? all : `${address}, `));
}

/** One mailbox in the form of RFC 5322: `"Bauer, Ana" <ana@example.com>`. */
export function formatAddress({ name, address }: Address): string {
	if (name === '') return address;
	return `"${name.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/["\\]/g, '\\$&')}" <${address}>`;
}

export const formatAddresses = (addresses: Address[]): string => addresses.map(formatAddress).join(', ');
