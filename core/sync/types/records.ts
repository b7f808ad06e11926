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
