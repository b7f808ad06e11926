import { flow, webhook } from './flows';
import { sideBySide, until, type Scene } from './scene';
import { percent, RATE } from './share';

const PATH = 'queue-users';

/** Looks up the users whose addresses it is called with, one request for each. Nobody waits for it. */
export const lookUps = flow('queueLookUps', [
	webhook(PATH, 'onReceived'),
	{
		name: 'Each',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'body.users', options: { destinationFieldName: 'email' } },
	},
	{
		name: 'Look Up',
		type: 'n8n-nodes-mailops.alimail',
		parameters: {
			resource: 'user',
			operation: 'get',
			user: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
		},
	},
]);

/** Executions of fifty items: with ten of each, n8n's own work for 150 executions is what is measured. */
const CALLS = 30;
const USERS = 50;
const ROUTE = { service: 'alimail', path: '/v2/users/:user' } as const;
/**
 * Less than what the pack is made for, and no 429: here five processes of n8n and a database share this machine with the
 * stand-in, and hold each other up.
 */
const SHARE = 0.7;
const REFUSED = 15;
const FAIR = 0.6;

/** Three workers on one account. */
export const oneRate: Scene = {
	name: `Three workers, ${CALLS} executions of ${USERS} requests to one account of ${RATE} requests a second`,
	async play(installation) {
		const { main, sandbox, workers } = installation;
		await installation.addWorker();
		const people = Array.from({ length: USERS }, (_, i) => ({
			email: `person${i}@yunhe.example`,
			name: `Person ${i}`,
		}));
		sandbox.alimail.seed({ users: people });
		const users = people.map(({ email }) => email);
		const before = workers.map(finished);
		await sideBySide(10, Array.from({ length: CALLS }), async () => {
			const answer = await fetch(`${main.url}/webhook/${PATH}`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ users }),
			});
			if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${await answer.text()}`);
		});
		const done = () => sandbox.requests.count({ ...ROUTE, status: 200 });
		await until(() => done() >= CALLS * USERS, 'All look-ups');
		const refused = sandbox.requests.count({ ...ROUTE, status: 429 });
		const share = usedOf(sandbox.requests.list({ ...ROUTE, status: 200 }).map(({ at }) => Date.parse(at)));
		await until(() => sum(workers.map(finished)) - sum(before) >= CALLS, 'All executions');
		const each = workers.map((worker, i) => finished(worker) - (before[i] ?? 0));
		return {
			found: `${percent(share)} of the rate, ${refused} answers 429, executions by worker: ${each.join(', ')}`,
			passed: share >= SHARE && refused <= REFUSED && Math.min(...each) >= FAIR * Math.max(...each),
		};
	},
};

/** Executions that a worker tells to have ended. */
const finished = ({ log }: { log(): string }): number => log().split('Worker finished execution').length - 1;

/** Of the rate, between the first and the last. */
function usedOf(times: number[]): number {
	const seconds = (Math.max(...times) - Math.min(...times)) / 1_000;
	return (times.length - 1) / seconds / RATE;
}

const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
