import type { Desired, Fields, Value } from './records';
import type { FieldRole, Vocabulary } from './rules';

export interface Change {
	from: Value | undefined;
	to: Value;
}

/** Field → what it was and what it becomes. */
export type Changes = Record<string, Change>;

export type ActionKind = 'create' | 'update' | 'enable' | 'disable' | 'delete' | 'none';

/** What is to be done for one person. A reference that must be set later is an `update` of its own. */
export interface Action {
	kind: ActionKind;
	/** The row's key as the source spells it; for a leaver the record's own key, which may be empty. */
	key: string;
	/** What people call the record. */
	label: string;
	row?: number;
	line?: number;
	/** The record's id. Missing on a create, and on the `update` that completes a create (same `key`). */
	id?: string;
	/** Every field that is written, with its old value; on a create all of `fields` but the create-only ones. */
	changes: Changes;
	/** Create only: everything to create the record with, values as the row has them. */
	fields?: Fields;
	/** Why, in plain words. */
	reason: string;
	/** The key of another action that must be done first, because `reference` points at it. */
	after?: string;
	/** The field that points at `after`. */
	reference?: string;
	/** Why the record stays disabled although its person is in the source. */
	staysDisabled?: string;
}

export type Severity =
	| 'invalid'
	| 'cell'
	| 'duplicate'
	| 'conflict'
	| 'outside'
	| 'unsupported'
	| 'password'
	| 'reference'
	| 'failed'
	| 'unknown'
	| 'blocked';

/** Something a person has to look at. `message` and `remedy` are whole sentences. */
export interface Problem {
	severity: Severity;
	row?: number;
	line?: number;
	id?: string;
	key?: string;
	label?: string;
	field?: string;
	message: string;
	remedy: string;
}

export interface PlanCounts {
	/** Source rows read. */
	rows: number;
	/** Rows that could be used: neither invalid nor duplicate nor in conflict, and not outside. */
	validRows: number;
	invalidRows: number;
	/** Of the invalid ones, those that were read in another encoding than they were written in. */
	misreadRows: number;
	duplicateRows: number;
	conflictRows: number;
	/** Rows of people whom this sync does not look after: nothing is wrong with them. */
	outsideRows: number;
	/** Records the target holds, in scope or not. */
	records: number;
	/** Records in scope and not protected: those a leaver can be among. */
	owned: number;
	ownedActive: number;
	/** Records in the target that are active, in scope or not. */
	active: number;
}

/** What becomes of one field of the people who have a record, where the list says something about it. */
export interface FieldChanges {
	/** As people know it. */
	name: string;
	role?: FieldRole;
	known: FieldTally;
	/** Of records that had no key yet, and are this sync's from now on. */
	takenOver: FieldTally;
}

export interface FieldTally {
	/** People who have a value now. */
	held: number;
	/** For how many of them it is replaced or emptied, and for how many emptied. */
	changed: number;
	emptied: number;
	/** A few of the changes, for a person to see. */
	examples: string[];
}

export interface Plan {
	/** The source as it was compared: references in the target's terms. */
	rows: Desired[];
	/** Source order first, then leavers in the target's order, then references to set once all else is there. */
	actions: Action[];
	problems: Problem[];
	counts: PlanCounts;
	fields: FieldChanges[];
	/** The rules' words for fields, for messages of later steps. */
	vocabulary: Vocabulary;
	labels: Record<string, string>;
}
