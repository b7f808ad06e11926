import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { shared } from '../shared';

/** Names a trigger in the memory of this process; undefined in a test of the editor, which remembers nothing. */
export function memoryOf(context: IHookFunctions | IWebhookFunctions): string | undefined {
	return context.getMode() === 'manual' ? undefined : `${context.getWorkflow().id} ${context.getNode().id}`;
}

/**
 * Those of the events that no other call delivers, to this process of n8n or to another one. Whether n8n has taken them over
 * shows in its answer; if not, whoever sends them again delivers them.
 *
 * @param node undefined in a test of the editor: all are delivered then
 * @param nameOf what makes an event that one, its kind included
 * @throws StillBeingDelivered
 */
export async function takeEvents<E>(
	context: IWebhookFunctions,
	node: string | undefined,
	events: E[],
	nameOf: (event: E) => string,
): Promise<E[]> {
	if (node === undefined || events.length === 0) return events;
	const delivery = await shared().deliveries.take(node, events.map(nameOf));
	whenAnswered(context, (isTaken) => {
		if (isTaken) delivery.confirm();
		else delivery.giveBack();
	});
	return events.filter((event) => delivery.fresh.has(nameOf(event)));
}

/** How often, and for how long, n8n is looked at that has not answered a caller who has gone. */
const LOOK_MS = 100;
const PATIENCE_MS = 10 * 60_000;

/**
 * Tells whether n8n has taken over what a call brought: it has answered so. A caller who has gone before that knows nothing of
 * it and calls again, but n8n goes on with the work all the same.
 */
export function whenAnswered(context: IWebhookFunctions, told: (isTaken: boolean) => void): void {
	const response = context.getResponseObject();
	const gone = () => {
		const until = Date.now() + PATIENCE_MS;
		const look = () => {
			if (response.writableEnded || Date.now() > until)
				told(response.writableEnded && response.statusCode < 300);
			else setTimeout(look, LOOK_MS).unref();
		};
		look();
	};
	if (response.closed) gone();
	else response.once('close', gone);
}
