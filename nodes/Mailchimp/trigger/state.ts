import type { KeptIds } from '../../../core/webhook/deliveredIds';
import type { Life } from '../../../core/webhook/lifecycle';
import type { TriggerContext } from './settings';

/** What a trigger keeps in n8n's static data. Times are epoch milliseconds. */
export interface State extends Life {
	/** What Mailchimp signs with, by the ID of the webhook; it is told once, when the webhook is made. */
	signing?: Record<string, string>;
	/** Where changes are looked for. */
	audience?: string;
	/** From here on changes are looked for; absent while none are. */
	cursor?: number;
	/** When the last look began that left nothing to look for: before the cursor while a long look goes on in parts. */
	completeTo?: number;
	/** For how much time at once they could be looked for last. */
	windowMs?: number;
	/** When it was last looked whether something is missing, and how many events came since. */
	lookedAt?: number;
	since?: number;
	seen?: KeptIds;
}

export const stateOf = (context: TriggerContext): State => context.getWorkflowStaticData('node') as State;
