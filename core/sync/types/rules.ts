import type { Fields, Finding, Value } from './records';

/** The target's own words: for itself, its records, and taking one out of use and back ("freeze", "frozen", …). */
export interface Vocabulary {
	/** The service, as people know it. */
	target: string;
	/** What the service calls a record: "account", "accounts". */
	record: string;
	records: string;
	disable: string;
	disabled: string;
	enable: string;
	enabled: string;
}

export type FieldRole = 'name' | 'place';

export interface Rules {
	/** The field that names a source row uniquely, e.g. `employeeNo`. */
	key: string;
	/** Fields tried in this order to find a row's record, e.g. `['employeeNo', 'email']`. */
	match: string[];
	/**
	 * Fields that together say who somebody is, the key among them. A record whose key fits while all others that both sides
	 * fill in are somebody else's (two at least) is a conflict: numbers are given out again, and cells slip into other rows.
	 */
	identity?: string[];
	/** Fields that say what somebody is called, and where somebody belongs: guards watch them more closely. */
	roles?: Record<string, FieldRole>;
	/** Field → words for messages: `employeeNo` → "Employee Number". */
	labels: Record<string, string>;
	/** The target's own words; without them "the target", "record", "disable", … */
	vocabulary?: Vocabulary;
	/** More normalising for a field, after width and white space: address case, phone punctuation. Must be repeatable. */
	normalise?: Record<string, (value: Value) => Value>;
	/** Fields the target cannot change on an existing record: field → what to do instead, as a sentence. */
	immutable?: Record<string, string>;
	/** Fields used when a record is created and never again: not compared, shown or hashed (a first password). */
	createOnly?: string[];
	/** A field whose value points at another record: `{ field: 'managerEmail', to: 'email' }`. */
	reference?: {
		field: string;
		to: string;
		/** Another field that a source may name the record by (an employee number): read as the value of `to`. */
		by?: string;
	};
	/** The target's own checks of one row. */
	validate?: (fields: Fields) => Finding[];
	/**
	 * Why somebody who has no record yet would be outside what the sync looks after, as the end of a sentence (“its address is not
	 * in …”); nothing when he would be inside. Who would be outside is not created: no later run would look after the record.
	 */
	outside?: (fields: Fields) => string | undefined;
	/** When two values of a field mean the same although they differ otherwise: replaces the comparison of that field. */
	equals?: Record<string, (from: Value | undefined, to: Value) => boolean>;
	leavers: { action: 'nothing' | 'disable' | 'disableThenDelete' | 'delete'; afterDays: number };
	rejoiners: 'enable' | 'nothing';
	now: Date;
}
