import { createHash } from 'node:crypto';
import type { IdempotencyKey } from '../batch/idempotency';
import type { ParameterReader } from './parameters/reader';

/** How a service bounds the marks of its messages. */
export interface MarkLimits {
	/** Characters of a key that is kept as it is; a longer one is kept as its digest. */
	keyLength: number;
	/** How many days back an earlier message with the same key counts. */
	days: { byDefault: number; most: number };
	/** For forms that ask how long the service's search may be behind. */
	waitSeconds?: { least: number; most: number };
}

/** `isOwn`: the key is the user's own, and so may be the same for messages that are not. */
export type Mark = IdempotencyKey & { isOwn?: true };

/**
 * The mark of an item's message, by the fields `preventDoubleSending`, `onceKey`, `lookBackDays` and, where the form has it,
 * `searchWait`; undefined when it may go out twice. @throws {ServiceError} that names the field
 */
export function markOf(item: ParameterReader, limits: MarkLimits): Mark | undefined {
	const way = item.option('preventDoubleSending');
	if (way === 'none') return undefined;
	const mark = way === 'key' ? ownKey(item, limits) : markByExecution(item, limits.days.byDefault);
	return { ...mark, ...searchWait(item, limits) };
}

/** The mark by execution and item. */
export function markByExecution(item: ParameterReader, days: number, index = item.index): IdempotencyKey {
	const { instance, workflow, node, execution, run } = item.origin;
	return {
		// Execution numbers start anew in every n8n, and a workflow may be a copy of another one's.
		scope: digest(['execution', instance, workflow, node, execution, run]),
		// Items may come in another order when an execution is repeated: nobody's message may count for another's.
		key: digest([index, item.value('to')]),
		days,
	};
}

/** Where somebody waits for longer than this pack does by itself. */
function searchWait(item: ParameterReader, { waitSeconds }: MarkLimits): { searchWaitMs?: number } {
	if (waitSeconds === undefined) return {};
	const { least: min, most: max } = waitSeconds;
	const seconds = item.has('searchWait') ? item.number('searchWait', { min, max }) : min;
	return seconds === min ? {} : { searchWaitMs: seconds * 1_000 };
}

function ownKey(item: ParameterReader, { keyLength, days }: MarkLimits): Mark {
	const { workflow, node } = item.origin;
	const key = item.filledText('onceKey');
	return {
		isOwn: true,
		scope: digest(['key', workflow, node]),
		// As it is when the service takes it as it is, so that people can search for it.
		key: key.length <= keyLength && /^[\x20-\x7e]+$/.test(key) ? key : digest([key]),
		days: item.has('lookBackDays') ? item.number('lookBackDays', { min: 1, max: days.most }) : days.byDefault,
	};
}

export const digest = (facts: unknown[]): string =>
	createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
