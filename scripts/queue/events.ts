import { flow, tell } from './flows';
import { pause } from '../n8n/processes';
import { sideBySide, until, type Scene } from './scene';

const EVENTS = 60;

/** Each bounce starts the workflow, which leaves a mail of it. */
export const bounces = flow('queueBounces', [
	{
		name: 'Bounced',
		type: 'n8n-nodes-mailops.postmarkTrigger',
		webhookId: 'queue-bounces',
		parameters: { events: ['bounce'], streams: ['outbound'], options: {} },
	},
	tell('=Bounce {{ $json.ID }}', 'It came back.'),
]);

/** Postmark repeats a call whose answer it did not get, and a load balancer hands the second one to another process. */
export const eventTwice: Scene = {
	name: `${EVENTS} events, each handed to two processes of n8n at once`,
	async play({ main, webhooks, sandbox }) {
		const hooks = () => [...sandbox.postmark.servers[0]!.webhooks.values()];
		// n8n answers that a workflow is published before its trigger has registered.
		await until(() => hooks().length > 0, 'The registration with Postmark');
		const hook = hooks()[0]!;
		const { pathname } = new URL(hook.Url);
		const { Username, Password } = hook.HttpAuth!;
		const authorization = `Basic ${Buffer.from(`${Username}:${Password}`).toString('base64')}`;
		const before = sandbox.postmark.messages.length;
		const answers = await sideBySide(5, Array.from({ length: EVENTS }), async (_, i) => {
			const body = JSON.stringify({ RecordType: 'Bounce', ID: 900_000 + i, Email: 'gone@example.net' });
			const headers = { 'Content-Type': 'application/json', authorization };
			const calls = [main.url, webhooks.url].map(async (url) => {
				const answer = await fetch(`${url}${pathname}`, { method: 'POST', headers, body });
				await answer.arrayBuffer();
				return answer.status;
			});
			return await Promise.all(calls);
		});
		const told = () =>
			sandbox.postmark.messages.slice(before).filter(({ subject }) => subject.startsWith('Bounce '));
		await until(() => told().length >= EVENTS, 'An item of each event');
		// A second one of the same event would come as quickly.
		await pause(3_000);
		const events = new Set(told().map(({ subject }) => subject)).size;
		const refused = answers.flat().filter((status) => status !== 200).length;
		return {
			found: `${told().length} items of ${events} events, ${refused} of ${2 * EVENTS} calls refused`,
			passed: events === EVENTS && told().length === EVENTS,
		};
	},
};
