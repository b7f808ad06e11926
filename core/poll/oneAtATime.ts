import type { IPollFunctions } from 'n8n-workflow';
import { shared } from '../shared';

/**
 * One poll of a trigger at a time. n8n begins the next one when its time has come, whether the last one has ended or not, and
 * both would tell the same: what is new is left to the one after.
 *
 * @returns null while another one is under way
 */
export async function oneAtATime<T>(
	context: Pick<IPollFunctions, 'getNode' | 'getWorkflow'>,
	poll: () => Promise<T>,
): Promise<T | null> {
	const turn = await shared().lock.tryLock(`poll ${context.getWorkflow().id} ${context.getNode().id}`);
	if (turn === undefined) return null;
	try {
		return await poll();
	} finally {
		turn.release();
	}
}
