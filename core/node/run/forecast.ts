import { ServiceError } from '../../errors';
import type { Connection } from '../../connection/connection';
import { counted } from '../../text';
import type { BatchedOperation, PerItemOperation } from '../operation';
import type { EditorFeedback } from './editorFeedback';

/** Whoever waits for less need not be told. */
const WORTH_TELLING_MS = 10_000;

type Counted = PerItemOperation<unknown, Connection> | BatchedOperation<unknown, Connection>;

/**
 * Says how long a run will take, before it starts: at least one request an item, or one a chunk. Pages and repeats come
 * on top.
 *
 * @throws {ServiceError} when it is more than the day still holds, and the credential says that such a run is not to start
 */
export function foretell(
	operation: Counted,
	items: number,
	client: Connection,
	feedback: EditorFeedback,
): void {
	const requests = operation.mode === 'batched' ? Math.ceil(items / operation.chunk.items) : items;
	const forecast = client.forecast?.(requests);
	if (forecast === undefined) return;
	const { ms, leftToday, isToFit } = forecast;
	if (requests > leftToday) {
		const left = leftToday.toLocaleString('en');
		if (isToFit) throw tooMany(requests, left);
		feedback.announce(
			`This takes ${counted(requests, 'request')}, and today’s quota holds ${left} more: the rest fails until tomorrow.`,
		);
	} else if (ms >= WORTH_TELLING_MS) {
		feedback.announce(`This takes ${inWords(ms)} at least: ${counted(requests, 'request')}.`);
	}
}

const tooMany = (requests: number, left: string) =>
	new ServiceError({
		message: `This takes ${counted(requests, 'request')}, and today’s quota holds ${left} more`,
		remedy: 'Run it with fewer items, or tomorrow; or choose in the credential to start all the same.',
		outcome: 'notSent',
	});

function inWords(ms: number): string {
	const seconds = Math.ceil(ms / 1_000);
	if (seconds < 120) return counted(seconds, 'second');
	const minutes = Math.round(seconds / 60);
	return minutes < 120 ? counted(minutes, 'minute') : counted(Math.round(minutes / 60), 'hour');
}
