import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Place } from './place';

/** How far a look has come. An ordinary text: keep it wherever you like. */
export interface Cursor extends Place {
	v: 1;
	/** Of what was asked: with another base or filter the look begins anew. */
	of: string;
	/** Outside Active Directory: the latest time of a change, as the directory writes it. */
	at?: string;
	/** The stamps of the entries that were changed shortly before, by their ids. */
	seen?: Record<string, string>;
	/** The ids of all that was there, packed; when what is gone is found by comparing. */
	known?: string;
}

/** Identifies what is looked for, in a few letters. */
export const fingerprint = (what: unknown): string =>
	createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 12);

export const packed = (value: unknown): string =>
	deflateRawSync(Buffer.from(JSON.stringify(value))).toString('base64');

/** @throws for what was not packed by `packed` */
export const unpacked = <T>(text: string): T =>
	JSON.parse(
		inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: 512 * 1024 * 1024 }).toString(),
	) as T;

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor);

/** Undefined for what is no cursor. */
export function readCursor(text: string): Cursor | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	const { v, of, source, usn, at } = (value ?? {}) as Partial<Record<keyof Cursor, unknown>>;
	const isText = [of, source].every((one) => typeof one === 'string');
	const isNumber = usn === undefined || (typeof usn === 'string' && /^\d{1,19}$/.test(usn));
	const isTime = at === undefined || (typeof at === 'string' && /^\d{14}[\d.]*Z$/.test(at));
	return v === 1 && isText && isNumber && isTime ? (value as Cursor) : undefined;
}
