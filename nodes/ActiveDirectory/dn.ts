/** Distinguished names (RFC 4514). */

interface Rdn {
	/** `CN=Li Wei` as it stands there. */
	text: string;
	type: string;
	value: string;
}

/** The parts of a DN from the entry up, or undefined when it is not written as one. */
export function parseDn(dn: string): Rdn[] | undefined {
	const parts = split(dn);
	const rdns = parts.map(rdnOf);
	return rdns.some((rdn) => rdn === undefined) ? undefined : (rdns as Rdn[]);
}

export const isDn = (text: string): boolean => text.includes('=') && parseDn(text) !== undefined;

/** Where an entry stands; '' for what has nothing above it. */
export function parentOf(dn: string): string {
	return split(dn).slice(1).join(',');
}

/** The entry's own name: "Li Wei" of `CN=Li Wei,OU=Staff,…`. */
export const nameIn = (dn: string): string => parseDn(dn)?.[0]?.value ?? dn;

/** `CN`, `OU`, `uid`. */
export const typeIn = (dn: string): string => parseDn(dn)?.[0]?.type ?? 'CN';

/** For comparing: case and spaces around do not count, nor how characters are escaped. */
export const dnKey = (dn: string): string =>
	(parseDn(dn) ?? [])
		.map(({ type, value }) => `${type.toLowerCase()}=${escapeValue(value.toLowerCase())}`)
		.join(',') || dn.toLowerCase();

/** Whether an entry is the base, or below it. */
export function isWithin(dn: string, base: string): boolean {
	const [inner, outer] = [dnKey(dn), dnKey(base)];
	return outer === '' || inner === outer || inner.endsWith(`,${outer}`);
}

/**
 * `CN` and any name, as one part of a DN. Special characters become hexadecimal pairs, which every directory takes, and
 * which no half-hearted reader of DNs stumbles over.
 */
export const rdn = (type: string, value: string): string => `${type}=${escapeValue(value)}`;

export function escapeValue(value: string): string {
	return value
		.replace(/[\\,+"<>;=\u0000\r\n]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
		.replace(/^[ #]/, (c) => `\\${c.charCodeAt(0).toString(16)}`)
		.replace(/ $/, '\\20');
}

/** At commas and semicolons that are neither escaped nor within quotes. */
function split(dn: string): string[] {
	const parts: string[] = [];
	let part = '';
	let isQuoted = false;
	for (let i = 0; i < dn.length; i++) {
		const c = dn[i]!;
		if (c === '\\') part += c + (dn[++i] ?? '');
		else if (c === '"') {
			isQuoted = !isQuoted;
			part += c;
		} else if ((c === ',' || c === ';') && !isQuoted) {
			parts.push(trimmed(part));
			part = '';
		} else part += c;
	}
	parts.push(trimmed(part));
	return parts.length === 1 && parts[0] === '' ? [] : parts;
}

/** A space at the end that is escaped belongs to the value. */
const trimmed = (part: string): string => part.trimStart().replace(/(\\ )?\s*$/, '$1');

function rdnOf(text: string): Rdn | undefined {
	const [, type, raw] = /^([A-Za-z][\w.-]*|\d+(?:\.\d+)+)\s*=\s*(.*)$/s.exec(text) ?? [];
	if (type === undefined || raw === undefined || raw === '') return undefined;
	const value = /^".*"$/s.test(raw) ? raw.slice(1, -1) : raw;
	return { text, type, value: unescape(value) };
}

function unescape(value: string): string {
	const bytes: Buffer[] = [];
	for (let i = 0; i < value.length; i++) {
		const pair = value[i] === '\\' ? /^[\da-f]{2}/i.exec(value.slice(i + 1))?.[0] : undefined;
		if (pair !== undefined) {
			bytes.push(Buffer.from(pair, 'hex'));
			i += 2;
		} else if (value[i] === '\\') bytes.push(Buffer.from(value[++i] ?? '\\'));
		else {
			const c = String.fromCodePoint(value.codePointAt(i)!);
			bytes.push(Buffer.from(c));
			i += c.length - 1;
		}
	}
	return Buffer.concat(bytes).toString();
}
