import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Life } from '../../../core/webhook/lifecycle';
import type { KeptIds } from '../../../core/webhook/deliveredIds';

/** What a trigger keeps in n8n's static data. Times are epoch milliseconds. */
export interface State extends Life {
	/** The address that gets inbound emails again when the trigger stops; absent when the trigger gets none. */
	inboundBefore?: string;
	/** From here on bounces and spam complaints are looked for; absent while none are. */
	cursor?: number;
	/** For how much time at once they could be looked for last, in milliseconds, and in which zone dates are read. */
	learned?: { windowMs: number; zone: string | undefined };
	/** From here on inbound emails that were not handed over are looked for; absent while none are. */
	inboundCursor?: number;
	/** When it was last looked whether something is missing. */
	lookedAt?: number;
	/** Bounces reported since then. */
	since?: number;
	/** Events that were reported. */
	seen?: KeptIds;
}

export const stateOf = (context: IHookFunctions | ITriggerFunctions | IWebhookFunctions): State =>
	context.getWorkflowStaticData('node') as State;
