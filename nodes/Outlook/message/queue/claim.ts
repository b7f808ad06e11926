import { ServiceError } from '../../../../core/errors';
import { RedisAway, type Claimed, type Claims } from '../../../../core/shared';

/**
 * Claims in this process or, in queue mode, among all workers.
 *
 * @throws {ServiceError} when Redis is away and it cannot be known what the other workers do
 */
export async function claim(
	claims: Claims,
	names: readonly string[],
	rememberMs: number,
): Promise<Claimed[]> {
	try {
		return await claims.claim(names, { rememberMs });
	} catch (error) {
		if (!(error instanceof RedisAway)) throw error;
		throw new ServiceError({
			message: `It was not queued, because n8n's workers cannot tell each other what they queue: ${error.message}`,
			remedy: "Look after n8n's Redis, and run it again: nothing was queued for this item.",
			outcome: 'notSent',
			canRetry: true,
		});
	}
}
