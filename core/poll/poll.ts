import type { IPollFunctions } from 'n8n-workflow';
import { backfill, type Source } from './backfill';
import { DeliveredIds, type Shelves } from '../webhook/deliveredIds';

export interface PollLimits {
	/** How far back each poll looks again: rows can become visible later than their time says. */
	overlapMs: number;
	/** Rows given at a time. */
	most: number;
}

interface PollState {
	/** When the trigger was switched on: what happened before is none of its business. */
	startedAt?: number;
	cursor?: number;
	seen?: Shelves;
}

const LIMITS: PollLimits = { overlapMs: 5 * 60_000, most: 500 };
const SAMPLE = 3;
const SAMPLE_FROM_MS = 30 * 24 * 60 * 60_000;

/**
 * What is new since the last poll, or null. The cursor is stored as the last step, and at once with the ids: after a
 * fault the next poll repeats the same window and loses nothing. The first poll only takes note of the time. In a manual
 * run it gives the newest few rows and stores nothing.
 */
export async function poll<R>(
	context: IPollFunctions,
	source: Source<R>,
	limits: Partial<PollLimits> = {},
): Promise<R[] | null> {
	const { overlapMs, most } = { ...LIMITS, ...limits };
	const now = Date.now();
	if (context.getMode() === 'manual') {
		const { rows } = await backfill(source, now - SAMPLE_FROM_MS, now, () => false);
		return rows.length > 0 ? rows.slice(-SAMPLE) : null;
	}
	const state = context.getWorkflowStaticData('node') as PollState;
	if (state.cursor === undefined) {
		state.startedAt = now;
		state.cursor = now;
		return null;
	}
	const seen = DeliveredIds.of(state.seen);
	const from = Math.max(state.cursor - overlapMs, state.startedAt ?? 0);
	const look = await backfill(source, from, now, (id) => seen.has('', id), { most });
	for (const row of look.rows) seen.add('', source.id(row));
	state.seen = seen.kept();
	state.cursor = look.cursor;
	return look.rows.length > 0 ? look.rows : null;
}
