import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { toServiceError } from '../errors';
import { toNodeError } from './nodeError';

/** Does a step of a trigger; what goes wrong is told in the pack's own words. */
export async function inPlainWords<T>(
	context: IHookFunctions | IWebhookFunctions,
	step: () => Promise<T>,
): Promise<T> {
	try {
		return await step();
	} catch (error) {
		throw error instanceof Error && 'node' in error
			? error
			: toNodeError(context.getNode(), toServiceError(error), undefined);
	}
}
