import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { KeptIds } from '../../../core/webhook/deliveredIds';
import type { Life } from '../../../core/webhook/lifecycle';

/** What a trigger keeps in n8n's static data. Times are epoch milliseconds. */
export interface State extends Life {
	/** From here on missed events are looked for; absent while none are. */
	cursor?: number;
	/** Whether it is noted what was in SendPulse's lists before that. */
	isBased?: boolean;
	/** When it was last looked. */
	lookedAt?: number;
	/** Events that were reported. */
	seen?: KeptIds;
}

export const stateOf = (context: IHookFunctions | ITriggerFunctions | IWebhookFunctions): State =>
	context.getWorkflowStaticData('node') as State;
