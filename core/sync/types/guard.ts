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
