import type { GuardDecision } from './guard';
import type { Result } from './apply';

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
