import { setTimeout as wait } from 'node:timers/promises';
import { ServiceError } from '../errors';
import { counted } from '../text';
import { stopped, type Attempts } from './attempts';

export interface Patience {
	/** Milliseconds before the second question; each later pause is half as long again. */
	firstMs?: number;
	slowestMs?: number;
	patienceMs?: number;
}

/**
 * Asks again and again what has become of a job of the service, with pauses that grow, until the answer is what is waited
 * for. It ends with the execution.
 *
 * @throws {ServiceError} of unknown outcome when patience or the execution ends: the job goes on without us.
 */
export async function until<T>(
	{ service, signal }: Pick<Attempts, 'service' | 'signal'>,
	ask: () => Promise<T>,
	isDone: (answer: T) => boolean,
	{ firstMs = 1_000, slowestMs = 15_000, patienceMs = 60 * 60_000 }: Patience = {},
): Promise<T> {
	const started = Date.now();
	try {
		for (let pause = firstMs; ; pause = Math.min(slowestMs, pause * 1.5)) {
			const answer = await ask();
			if (isDone(answer)) return answer;
			if (Date.now() - started > patienceMs) throw impatient(service, patienceMs);
			await wait(pause, undefined, signal ? { signal } : undefined);
		}
	} catch (error) {
		// Asking is harmless, and would say so: but what is asked after may still be done.
		if (signal?.aborted) throw stopped(service, false);
		throw error;
	}
}

function impatient(service: string, patienceMs: number): ServiceError {
	const seconds = Math.ceil(patienceMs / 1_000);
	const time = seconds < 120 ? counted(seconds, 'second') : counted(Math.round(seconds / 60), 'minute');
	return new ServiceError({
		service,
		message: `${service} has not finished within ${time}`,
		remedy: 'It goes on by itself: look there later.',
		outcome: 'unknown',
	});
}
