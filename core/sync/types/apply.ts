import type { Fields } from './records';
import type { Action, Changes, Problem } from './plan';

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
	/**
	 * Whether no record waits for another: joiners, changes and leavers are then written side by side, and share requests. It
	 * holds for a plan without references.
	 */
	readonly inAnyOrder?: boolean;
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
