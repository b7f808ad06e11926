import type { IDataObject } from 'n8n-workflow';
import { toServiceError, type ServiceError } from '../../../core/errors';
import { done, failed, type ItemResult } from '../../../core/node/operation';
import type { Call } from '../api/batches';
import type { Answer } from './oneBatch';

/** What a refusal is worth that may only say that it is so already. */
export interface Already<M> {
	mayBe(refusal: ServiceError): boolean;
	/** What is asked of the record then. */
	look(message: M): Call;
	/** The result where it is so. @throws {ServiceError} where it is not, with what is in the way */
	row(message: M, found: IDataObject): IDataObject;
}

/**
 * Puts the result in the place of each refusal that only says that it is so already. What cannot be looked at keeps
 * Mailchimp's own words.
 */
export async function lookAtRefusals<M>(
	messages: M[],
	results: ItemResult[],
	{ mayBe, look, row }: Already<M>,
	ask: (calls: Call[]) => Promise<Answer[]>,
): Promise<ItemResult[]> {
	const doubtful = results.flatMap((result, at) => ('failed' in result && mayBe(result.failed) ? [at] : []));
	if (doubtful.length === 0) return results;
	const answers = await ask(doubtful.map((at) => look(messages[at]!))).catch(() => []);
	const looked = new Map(doubtful.map((at, i) => [at, answers[i]]));
	return results.map((result, at) => {
		const answer = looked.get(at);
		return answer !== undefined && 'body' in answer
			? judgedBy(() => row(messages[at]!, answer.body))
			: result;
	});
}

function judgedBy(row: () => IDataObject): ItemResult {
	try {
		return done(row());
	} catch (error) {
		return failed(toServiceError(error));
	}
}
