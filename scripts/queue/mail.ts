import { flow, tell } from './flows';
import { pause } from '../n8n/processes';
import type { QueueInstallation } from './installation';
import { sideBySide, until, type Scene } from './scene';

const MAILS = 20;

/** Each new mail starts the workflow, which leaves a mail of it. */
export const newMail = flow('queueNewMail', [
	{
		name: 'New Mail',
		type: 'n8n-nodes-mailops.outlookInstantTrigger',
		webhookId: 'queue-new-mail',
		parameters: {
			authentication: 'user',
			event: 'messageReceived',
			folder: { __rl: true, mode: 'id', value: 'inbox' },
		},
	},
	tell('=Mail {{ $json.subject }}', 'It came.'),
]);

/**
 * Graph calls through a load balancer that hands each call to any process, and n8n's main process dies and comes back. Mail is
 * told once all the same, by one subscription.
 */
export const mailOnce: Scene = {
	name: `${MAILS} mails told to two processes of n8n at once, then ${MAILS} while the main one is killed and comes back`,
	async play(installation) {
		const { sandbox, webhooks } = installation;
		const { subscriptions } = sandbox.outlook;
		await until(() => subscriptions.active.length > 0, 'The subscription at Outlook');
		const { pathname } = new URL(subscriptions.active[0]!.notificationUrl);
		const token = 'Validation: é + 1';
		const handshake = await fetch(`${webhooks.url}${pathname}?validationToken=${encodeURIComponent(token)}`, {
			method: 'POST',
		});
		const isAnswered = handshake.ok && (await handshake.text()) === token;
		const told = () =>
			sandbox.postmark.messages.flatMap(({ subject }) => /^Mail (\d+)$/.exec(subject)?.[1] ?? []);
		const first = await arrive(installation, 0);
		await until(() => new Set(told()).size >= MAILS, 'An item of each mail');
		await installation.killMain();
		const second = await arrive(installation, MAILS);
		await installation.restartMain();
		await until(() => new Set(told()).size >= 2 * MAILS, 'An item of each mail that came meanwhile');
		// A second one of the same mail would come as quickly.
		await pause(3_000);
		const made = sandbox.requests.count({ service: 'outlook', method: 'POST', path: '/v1.0/subscriptions' });
		const mails = new Set(told()).size;
		return {
			found: `${told().length} items of ${mails} mails, ${made} subscription made, ${subscriptions.active.length} active, handshake by the webhook process ${isAnswered ? 'answered' : 'NOT answered'}, it answered ${[...new Set([...first, ...second])].join(', ')}`,
			passed:
				mails === 2 * MAILS &&
				told().length === mails &&
				made === 1 &&
				subscriptions.active.length === 1 &&
				isAnswered,
		};
	},
};

/** Mails come in: Outlook tells the main process, and the same is told to the one beside it. @returns what that answered */
async function arrive({ sandbox, webhooks }: QueueInstallation, from: number): Promise<number[]> {
	const { id: subscriptionId, clientState, notificationUrl } = sandbox.outlook.subscriptions.active[0]!;
	const { pathname, search } = new URL(notificationUrl);
	const numbers = Array.from({ length: MAILS }, (_, i) => String(from + i));
	return await sideBySide(5, numbers, async (number) => {
		const { id } = sandbox.outlook.receive(number);
		const notice = { subscriptionId, clientState, changeType: 'created', resourceData: { id } };
		const answer = await fetch(`${webhooks.url}${pathname}${search}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ value: [notice] }),
		});
		await answer.arrayBuffer();
		return answer.status;
	});
}
