import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { shared } from '../shared';

type Answer = ReturnType<IWebhookFunctions['getResponseObject']>;

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
	whenAnswered(context, ({ writableFinished, statusCode }) => {
		if (writableFinished && statusCode < 300) delivery.confirm();
		else delivery.giveBack();
	});
	return events.filter((event) => delivery.fresh.has(nameOf(event)));
}

/** Or when the caller has gone. */
export function whenAnswered(context: IWebhookFunctions, told: (response: Answer) => void): void {
	const response = context.getResponseObject();
	if (response.closed) told(response);
	else response.once('close', () => told(response));
}
