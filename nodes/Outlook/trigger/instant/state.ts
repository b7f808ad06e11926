import type { Life } from '../../../../core/webhook/lifecycle';
import type { AnyContext } from '../chosen';
import type { State as Places } from '../places';

/** What the trigger keeps in n8n's static data. Times are epoch milliseconds. */
export interface State extends Life {
	/** What Outlook was asked to tell of. */
	watched?: string;
	/** Up to where it was told what changed. */
	place?: Places;
	/** When the subscription was last made or renewed. */
	keptAt?: number;
	/** When it was last looked. */
	lookedAt?: number;
}

export const stateOf = (context: AnyContext): State => context.getWorkflowStaticData('node') as State;
