import { flow, webhook } from './flows';
import type { QueueInstallation } from './installation';
import { sideBySide, until, type Scene } from './scene';

const PATH = 'queue-order';

/** An order comes in, and its confirmation goes out once, by the order's number; the answer comes when it is done. */
export const orders = flow('queueOrders', [
	webhook(PATH, 'lastNode'),
	{
		name: 'Confirm',
		type: 'n8n-nodes-mailops.postmark',
		parameters: {
			resource: 'email',
			operation: 'send',
			from: 'shop@example.com',
			to: '={{ $json.body.email }}',
			subject: '=Your order {{ $json.body.order }}',
			text: 'Thank you.',
			preventDoubleSending: 'key',
			onceKey: '={{ $json.body.order }}',
		},
	},
]);

const ORDERS = 200;
/** Postmark's list is behind: what was sent just now is not found yet. */
const SEARCH_DELAY_MS = 2_000;
/** How long a shop waits for an answer before it repeats the call; in the first scene nobody repeats. */
const PATIENCE_MS = 25_000;
const ENDLESS_MS = 180_000;
/** Customers who order at the same time: about as many as two workers take in at a time. */
const CUSTOMERS = 20;
const TIMES = 8;

/** Two calls for the same order at the same moment, as from a button that was pressed twice. */
export const twiceAtOnce: Scene = {
	name: `${ORDERS} orders, each posted twice at once`,
	async play({ main, webhooks, sandbox }) {
		sandbox.postmark.settings.searchDelayMs = SEARCH_DELAY_MS;
		const answers = await sideBySide(CUSTOMERS, ordersOf('a'), async (order) =>
			Promise.all([main.url, webhooks.url].map((url) => post(url, order, ENDLESS_MS))),
		);
		const { mails, doubled } = countMails(sandbox, 'a');
		const refused = answers.flat().filter((status) => status !== 200);
		const why = refused.length > 0 ? ` (${[...new Set(refused)].join(', ')})` : '';
		return {
			found: `${mails} mails, ${doubled} orders mailed more than once, ${refused.length} of ${2 * ORDERS} calls failed${why}`,
			passed: mails === ORDERS && doubled === 0 && refused.length === 0,
		};
	},
};

/** A worker dies as by a power cut while it works; whoever got no answer calls again. */
export const workerKilled: Scene = {
	name: `A worker killed with -9 within ${ORDERS} orders, and a shop that repeats what got no answer`,
	async play(installation) {
		const { main, sandbox, workers } = installation;
		const before = sandbox.postmark.messages.length;
		let repeated = 0;
		const shop = sideBySide(CUSTOMERS, ordersOf('b'), async (order) => {
			for (let tries = 1; tries <= TIMES; tries++) {
				if ((await post(main.url, order, PATIENCE_MS)) === 200) return true;
				repeated++;
			}
			return false;
		});
		await until(() => sandbox.postmark.messages.length >= before + ORDERS / 4, 'A quarter of the orders');
		await workers.shift()!.kill();
		const ended = Date.now();
		// As whatever looks after n8n's processes does.
		const replaced = installation.addWorker();
		const answered = (await shop).filter(Boolean).length;
		const seconds = Math.round((Date.now() - ended) / 1000);
		const { mails, doubled } = countMails(sandbox, 'b');
		await replaced;
		return {
			found: `${ORDERS - mails} lost, ${doubled} doubled, ${ORDERS - answered} without an answer in the end; ${repeated} calls were repeated, all done ${seconds} s after the death`,
			passed: mails === ORDERS && doubled === 0 && answered === ORDERS && repeated > 0,
		};
	},
};

interface Order {
	order: string;
	email: string;
}

const ordersOf = (series: string): Order[] =>
	Array.from({ length: ORDERS }, (_, i) => ({
		order: `${series}-${i}`,
		email: `customer-${series}-${i}@example.com`,
	}));

/** The status of the answer; 0 when there was none in time. */
async function post(url: string, order: Order, patienceMs: number): Promise<number> {
	try {
		const answer = await fetch(`${url}/webhook/${PATH}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(order),
			signal: AbortSignal.timeout(patienceMs),
		});
		await answer.arrayBuffer();
		return answer.status;
	} catch {
		return 0;
	}
}

/** How many of the orders were confirmed, and how many of them more than once. */
function countMails({ postmark }: QueueInstallation['sandbox'], series: string) {
	const counts = new Map<string, number>();
	for (const { subject } of postmark.messages)
		if (subject.startsWith(`Your order ${series}-`)) counts.set(subject, (counts.get(subject) ?? 0) + 1);
	return { mails: counts.size, doubled: [...counts.values()].filter((count) => count > 1).length };
}
