import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Registration } from '../../../core/webhook/reconcile';
import type { Shelves } from '../../../core/webhook/deliveredIds';

/** What a trigger keeps in n8n's static data. Times are epoch milliseconds. */
export interface State extends Registration {
	/** The trigger's address. */
	url?: string;
	/** The address that gets inbound emails again when the trigger stops; absent when the trigger gets none. */
	inboundBefore?: string;
	/** When the trigger was switched on: what happened before is none of its business. */
	startedAt?: number;
	/** Up to here nothing is missing. */
	cursor?: number;
	/** When it was last looked whether something is missing. */
	lookedAt?: number;
	/** Bounces reported since then. */
	since?: number;
	/** When the trigger was switched off. */
	stoppedAt?: number;
	/** Events that were reported. */
	seen?: Shelves;
}

export const stateOf = (context: IHookFunctions | ITriggerFunctions | IWebhookFunctions): State =>
	context.getWorkflowStaticData('node') as State;

/** Names a trigger in the memory of this process; undefined in a test of the editor, which remembers nothing. */
export function memoryOf(context: IHookFunctions | IWebhookFunctions): string | undefined {
	return context.getMode() === 'manual' ? undefined : `${context.getWorkflow().id} ${context.getNode().id}`;
}
