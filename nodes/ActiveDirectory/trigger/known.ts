import { createHash } from 'node:crypto';
import { dnKey, parentOf } from '../dn';

/** What a trigger remembers of a person: enough to say what is another way now. */
export interface Kept {
	dn: string;
	/** Null where the directory does not say. */
	enabled: boolean | null;
	/** Of the watched attributes, in their order; long ones as a mark that says only whether they are the same. */
	values: unknown[];
}

/** The same as it was just read. */
export interface Person extends Kept {
	/** ISO 8601. */
	createdAt: string;
}

export interface KeptGroup {
	dn: string;
	name: string;
	/** DNs by what identifies a member. */
	members: Record<string, string>;
}

/** All that a trigger knows of a directory, by ids. */
export interface Known {
	people: Record<string, Kept>;
	/** DNs of the organizational units and containers. */
	units: Record<string, string>;
	groups: Record<string, KeptGroup>;
}

/** Longer values are not kept. */
const LONGEST = 200;

/** A value as it is kept. */
export function shortened(value: unknown): unknown {
	const text = JSON.stringify(value) ?? 'null';
	return text.length <= LONGEST ? (value ?? null) : { mark: markOf(text) };
}

/** What may be told of a kept value; undefined when only its mark is left. */
export const told = (value: unknown): unknown => (isMark(value) ? undefined : value);

const isMark = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && 'mark' in value;

const markOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** Tells two states of a person apart. */
export const stateOf = (person: Kept | undefined): string =>
	person === undefined
		? 'gone'
		: markOf(JSON.stringify([dnKey(person.dn), person.enabled, person.values.map(sorted)]));

export const isSameValue = (a: unknown, b: unknown): boolean =>
	JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** The values of a list have no order (RFC 4512, 2.2). */
const sorted = (value: unknown): unknown =>
	Array.isArray(value) ? value.map((one) => JSON.stringify(one) ?? '').sort() : (value ?? null);

/** Where an entry stands, by what stays the same when the unit itself is renamed or moved. */
export function placeIn(units: Record<string, string>): (dn: string) => string {
	const ids = new Map(Object.entries(units).map(([id, dn]) => [dnKey(dn), id]));
	return (dn) => {
		const parent = dnKey(parentOf(dn));
		return ids.get(parent) ?? parent;
	};
}
