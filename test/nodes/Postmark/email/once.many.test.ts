import { forgetClaims } from '../../../../core/batch/inFlight';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { ERROR_OUTPUT, sendNode } from './sendForm';

const sandbox = useSandbox();
const DAY = 24 * 60 * 60_000;
const SENT = 12_000;

const orders = (count: number, from = 0) =>
	Array.from({ length: count }, (_, i) => ({ order: `order-${from + i}`, to: `p${from + i}@yunhe.example` }));
const keyed = () =>
	sendNode(
		sandbox.current,
		{ to: '={{ $json.to }}', preventDoubleSending: 'key', onceKey: '={{ $json.order }}' },
		ERROR_OUTPUT,
	);
const searches = () => sandbox.current.requests.count({ service: 'postmark', path: '/messages/outbound' });

beforeEach(forgetClaims);

/** Sends 12,000 emails with a key, as if they had gone out over so long a time up to now. */
async function sendMany(overMs: number): Promise<void> {
	const run = await runNode(keyed(), orders(SENT));
	expect(run.items(NODE)).toHaveLength(SENT);
	const { messages } = sandbox.current.postmark;
	messages.forEach((message, i) => (message.at = Date.now() - overMs + (overMs * i) / messages.length));
	forgetClaims();
	sandbox.current.requests.clear();
}

// More than one search reaches: 24 pages of 500, and a few requests that find out in which times they lie.
test.each([
	['evenly', 2 * DAY, 35],
	['within half a minute', 30_000, 60],
])(
	'12,000 emails with a key, sent %s: 1,000 more take few requests, and none goes out twice',
	async (...[, overMs, most]) => {
		await sendMany(overMs);
		const run = await runNode(keyed(), [...orders(500), ...orders(500, SENT)]);
		expect(run.json(NODE).map(({ alreadySent }) => alreadySent ?? false)).toEqual([
			...Array<boolean>(500).fill(true),
			...Array<boolean>(500).fill(false),
		]);
		const keys = sandbox.current.postmark.messages.map(({ metadata }) => metadata['mailops-key']);
		expect(keys).toHaveLength(SENT + 500);
		expect(new Set(keys).size).toBe(SENT + 500);
		expect(searches()).toBeLessThanOrEqual(most);
	},
);

test('more within one second than a search reaches: each key is asked for by itself', async () => {
	await sendMany(900);
	const run = await runNode(keyed(), [...orders(30), ...orders(30, SENT)]);

	expect(run.json(NODE).filter(({ alreadySent }) => alreadySent)).toHaveLength(30);
	expect(sandbox.current.postmark.messages).toHaveLength(SENT + 30);
});
