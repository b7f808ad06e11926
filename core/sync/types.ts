/**
 * The words of a sync: rows that say how things should be, records that say how they are, and what lies between.
 * Nothing here knows a service; a service brings `Current` records, `Rules` and a `SyncTarget`.
 */

export type Value = string | boolean | string[];

/** Field name → value. Missing or `undefined` means "not mapped": left alone. An empty string means "clear it". */
export type Fields = Record<string, Value | undefined>;

/** What is wrong with a cell. `message` goes on from the field and its value: "is an error of the spreadsheet". */
export interface CellFault {
	message: string;
	remedy: string;
	/** `row`: nothing in the row can be trusted. `cell`: this cell is left alone. */
	reach: 'row' | 'cell';
	/** The file was read in another encoding than it was written in. */
	misread?: true;
}

/** One source row: what `cleanRow` makes of an item. */
export interface Desired {
	/** Its 0-based place in the input; messages show `row + 1`. */
	row: number;
	/** The line of the file it stands on, where that is known; the first is 1. */
	line?: number;
	fields: Fields;
	/** Cells as they stand in the source, where cleaning has changed them: messages quote what is really there. */
	raw?: Record<string, string>;
	/** Cells that cannot be used. */
	faults?: Array<CellFault & { field: string }>;
}

/** One record as the target holds it now. */
export interface Current {
	id: string;
	fields: Fields;
	/** Further values it may be found by, and that are no change when a row has them: field → values (an address's aliases). */
	also?: Record<string, string[]>;
	active: boolean;
	/** When it was disabled, if the target tells. Without it nothing is ever deleted after a waiting time. */
	disabledAt?: Date;
	/** When it was made, if the target tells; and whether anybody has signed in to it. */
	createdAt?: Date;
	used?: boolean;
	/** What people call it, for messages: an address, a name. */
	label: string;
	/** All addresses it goes by, aliases too: it is protected when any of them is. Default: the label. */
	names?: string[];
	/** In scope of this sync: it may be changed, and is a leaver once the source no longer has it. */
	owned: boolean;
	/** Not owned, but a row that means it may take it over. Without, such a row is a conflict. */
	adoptable?: boolean;
	/** Why this record is never touched in any way, in plain words ("is an administrator"). */
	protectedBy?: string;
	/**
	 * Disabled for a reason that this sync may not undo, in plain words ("unsubscribed on 2 March 2026"). A row still changes
	 * it, and says so, but never enables it.
	 */
	rejoin?: { allowed: false; reason: string };
}

/** What is wrong with one field of a row, in the service's view. */
export interface Finding {
	field: string;
	/** What is wrong, without the row and the field's name: "is not an address of this domain". */
	message: string;
	/** What to do about it, as a sentence. */
	remedy: string;
}

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

/** Percentages are 0 to 100. A guard whose limit is left out (or `false`) is off. */
export interface Limits {
	emptySource?: boolean;
	maxShrinkPercent?: number;
	maxLeaverPercent?: number;
	maxLeavers?: number;
	maxInvalidPercent?: number;
	/** Of the records that are active now. */
	maxCreatedPercent?: number;
	/** An announced first load: up to so many may be created, whatever their share. */
	firstLoad?: number;
	maxEnabled?: number;
	/** Of the records in scope. */
	maxEnabledPercent?: number;
	/** Of the people on the list who have a record: another name, another place, another value in any other column. */
	maxRenamedPercent?: number;
	maxMovedPercent?: number;
	maxColumnPercent?: number;
}

export type GuardName =
	| 'incompleteRead'
	| 'emptySource'
	| 'sourceShrank'
	| 'invalidRows'
	| 'leavers'
	| 'created'
	| 'enabled'
	| 'renamed'
	| 'moved'
	| 'column'
	| 'approval';

export interface GuardFinding {
	guard: GuardName;
	message: string;
	remedy: string;
}

export interface GuardDecision {
	/** What must not be applied. */
	hold: 'nothing' | 'leavers' | 'everything';
	findings: GuardFinding[];
	/** The approval that lets exactly these held actions pass; empty when nothing is held back. */
	approval: string;
	/** The caller's approval was right, and what the guards would have held is let through. */
	approved: boolean;
}

/** What a target says about a record it made. Anything beside the id (a generated password) is handed through. */
export interface Created {
	id: string;
	/** When, by the target's clock, if it tells. */
	createdAt?: Date;
	/** The record is there, and nobody knows with which password. */
	firstPassword?: 'not known';
	[extra: string]: unknown;
}

/**
 * Where a plan is applied. Every method may throw. An error with `outcome: 'unknown'` means the request may have
 * worked and nobody knows; an error with `remedy` (a sentence) says what to do.
 */
export interface SyncTarget {
	/**
	 * How many records are written side by side. Default: what the connection has places for. A target that gathers them into
	 * requests of 500 wants its places times 500, so that there are enough to fill a request.
	 */
	readonly width?: number;
	create(fields: Fields): Promise<Created>;
	update(id: string, changes: Changes): Promise<unknown>;
	disable(id: string): Promise<unknown>;
	/** Enables the record and writes the changes (possibly none). */
	enable(id: string, changes: Changes): Promise<unknown>;
	delete(id: string): Promise<unknown>;
}

/**
 * - `planned`: a preview; would be done.   - `unchanged`: nothing to do.   - `held`: a guard holds it back.
 * - `unknown`: asked for, and the answer got lost.   - `not started`: the run ended before its turn.
 */
export type Status = 'planned' | 'done' | 'unchanged' | 'held' | 'failed' | 'unknown' | 'not started';

export interface Result {
	action: Action;
	status: Status;
	/** What went wrong; also on a record that was created, but without its reference. */
	problem?: Problem;
	/** What the target answered to a create. */
	created?: Created;
}

export interface ApplyOptions {
	/** How many requests to the target may be open at once, 1 or more. */
	inFlight: number;
	/** Once aborted nothing new is started; what is open is waited for. */
	signal?: AbortSignal;
	/** Called once for each result as it comes in; must not throw. */
	onResult?: (result: Result) => void;
}

/** What only the caller knows about a run. */
export interface Facts {
	mode: 'preview' | 'apply';
	started: Date;
	/** Seconds the run took. */
	seconds: number;
	/** People whose record an earlier run has made, and who have no password yet. */
	withoutPassword?: Result[];
	/** Requests made to the target. */
	requests: number;
	/** Seconds spent waiting for the target's rate limit. */
	waitedSeconds: number;
	/** Heading of the report. Default "User sync". */
	title?: string;
	/** How a held plan is approved with its code, in the words of the caller's form: goes on from "If it is really so, ". */
	approve?: (code: string) => string;
}

export interface Summary {
	mode: 'preview' | 'apply';
	/** ISO 8601, UTC. */
	started: string;
	seconds: number;
	requests: number;
	waitedSeconds: number;
	sourceRows: number;
	invalid: number;
	duplicates: number;
	conflicts: number;
	/** Rows of people whom this sync does not look after. */
	outside: number;
	/** The rows of these four together. */
	notUsed: number;
	targetBefore: number;
	/** Records in the target after the run (in a preview: after it would have run). */
	targetAfter: number;
	created: number;
	updated: number;
	enabled: number;
	/** Records of this sync that no row names; the next three, and those of them that are held, failed…, are parts of it. */
	leavers: number;
	disabled: number;
	deleted: number;
	leaversUnchanged: number;
	/** In the source, and may not be enabled by a sync; their changes are written. */
	stayDisabled: number;
	/** Rows for which nothing is to do. */
	unchanged: number;
	held: number;
	failed: number;
	unknown: number;
	notStarted: number;
	/** Records of this run and of earlier ones whose first password nobody knows. */
	passwordsNotKnown: number;
	problems: number;
	hold: GuardDecision['hold'];
	approval: string;
	approved: boolean;
	/** One sentence: what happened. Fits a subject line. */
	headline: string;
	/** Of a held run: what was not done and why, and the two ways on. */
	whatHappened?: string;
	ifTheListIsWrong?: string;
	ifItIsReallySo?: string;
	text: string;
	html: string;
}
