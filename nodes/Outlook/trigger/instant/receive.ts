import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isProven, refuse } from '../../../../core/webhook/auth';
import { inPlainWords } from '../../../../core/node/inPlainWords';
import { jsonBodyOf } from '../../../../core/webhook/jsonBody';
import { isSelfCall } from '../../../../core/webhook/selfCall';
import type { Address } from '../../../../core/webhook/standing';
import { memoryOf } from '../../../../core/webhook/takeEvents';
import { isReached, wake } from '../../../../core/webhook/wake';
import { look } from './look';
import { answer, answerHandshake, provenNotices } from './notices';
import { shown } from './shown';
import { stateOf } from './state';

/**
 * Between two looks, for each folder or calendar: of a mailbox in which much happens elsewhere, looks take half of the 10,000
 * requests in ten minutes (https://learn.microsoft.com/graph/throttling-limits, Outlook) at most, and leave the others to other nodes.
 */
const PAUSE_MS = 120;

/**
 * A call to the trigger's address: from Graph, which asks whether it is there or tells that something changed, from the trigger
 * itself, or from a stranger. What changed is asked for and never taken from the call. Graph must have its answer within 3 seconds
 * (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks): so it has it first, and the trigger calls itself
 * to do the work.
 */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const handshake = answerHandshake(this);
	if (handshake !== undefined) return handshake;
	const state = stateOf(this);
	const body = jsonBodyOf(this);
	return await inPlainWords(this, async () => {
		const node = memoryOf(this);
		if (isSelfCall(body)) {
			if (!isProven(this, state.secret) || node === undefined) return refuse(this);
			isReached(node);
			const { noticed, keep } = body as IDataObject;
			return await look(this, state, { isWoken: true, isNoticed: noticed === true, keep: keep === true });
		}
		const notices = provenNotices(body, state.secret);
		if (notices.length === 0) return refuse(this);
		if (node === undefined) return await shown(this, notices);
		const address: Address = { url: this.getNodeWebhookUrl('default')!, secret: state.secret! };
		const keep = notices.some(({ lifecycleEvent }) => lifecycleEvent !== undefined);
		const pauseMs = PAUSE_MS * Object.keys(state.place?.places ?? {}).length;
		const woken = await wake(this, node, address, keep ? { keep } : { noticed: true }, pauseMs);
		if (woken !== 'unreached') return answer(this, woken === 'done' ? 202 : 503);
		return await look(this, state, { isWoken: false, isNoticed: true, keep });
	});
}
