import { forgetClaims } from '../../../../core/batch/inFlight';
import { patience } from '../../../../core/batch/idempotency';
import { processState, useShared, type Claims, type Shared } from '../../../../core/shared';
import { describeWithRedis, until, worker } from '../../../core/shared/withRedis';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { ERROR_OUTPUT, sendNode } from './sendForm';

const sandbox = useSandbox();
const { pausesMs } = patience;
beforeEach(() => void (patience.pausesMs = [5, 10, 20]));
afterEach(() => {
	patience.pausesMs = pausesMs;
	useShared();
	forgetClaims();
});

const orders = (count: number, from = 0) =>
	Array.from({ length: count }, (_, i) => ({ order: `order-${from + i}`, to: `p${from + i}@yunhe.example` }));
const keyed = () => {
	const once = { preventDoubleSending: 'key', onceKey: '={{ $json.order }}' };
	return sendNode(sandbox.current, { to: '={{ $json.to }}', ...once }, ERROR_OUTPUT);
};
const recipients = () => sandbox.current.postmark.messages.map(({ to }) => to[0]!.Email);
/** The service does its work at once, and answers late. */
const answerLate = (ms: number) =>
	sandbox.current.faults.add({ service: 'postmark', kind: 'slow', path: '/email/batch', ms, when: 'after' });

/** As in another process: what this one knows of its own is nothing. */
function inWorker(shared: Shared, items: Array<Record<string, unknown>>) {
	useShared(shared);
	forgetClaims();
	return runNode(keyed(), items);
}

describeWithRedis('workers that send the same at the same time', (redis) => {
	test('one sends; the others say which email it was, though no search can find it yet', async () => {
		sandbox.current.postmark.settings.searchDelayMs = 60_000;
		answerLate(500);
		const first = inWorker(worker(redis()), orders(20));
		await until(() => recipients().length > 0);
		const second = await inWorker(worker(redis()), orders(30));
		expect((await first).json(NODE).map(({ alreadySent }) => alreadySent ?? false)).toEqual(
			orders(20).map(() => false),
		);
		expect(second.json(NODE)).toHaveLength(30);
		expect(second.json(NODE).map(({ To }) => To)).toEqual(orders(30).map(({ to }) => to));
		expect(second.json(NODE).filter(({ alreadySent }) => alreadySent)).toHaveLength(20);
		expect(second.json(NODE)[3]!.MessageID).toBe((await first).json(NODE)[3]!.MessageID);
		expect(recipients().sort()).toEqual(
			orders(30)
				.map(({ to }) => to)
				.sort(),
		);
	});

	test('later too, as long as no search can find it', async () => {
		sandbox.current.postmark.settings.searchDelayMs = 60_000;
		await inWorker(worker(redis()), orders(5, 100));
		const second = await inWorker(worker(redis()), orders(5, 100));
		expect(second.json(NODE).every(({ alreadySent }) => alreadySent)).toBe(true);
		expect(recipients()).toHaveLength(5);
	});

	test('a key that another worker has used for somebody else is an error', async () => {
		sandbox.current.postmark.settings.searchDelayMs = 60_000;
		await inWorker(worker(redis()), [{ order: 'same', to: 'p1@yunhe.example' }]);
		const second = await inWorker(worker(redis()), [{ order: 'same', to: 'p2@yunhe.example' }]);
		expect(second.json(NODE, 1)[0]!.error).toContain(
			'“same” already belongs to another email, to p1@yunhe.example; this one is to p2@yunhe.example',
		);
		expect(recipients()).toEqual(['p1@yunhe.example']);
	});

	test('two that hold what the other waits for do not wait for ever', async () => {
		answerLate(300);
		const first = inWorker(worker(redis()), orders(4, 200));
		await until(() => recipients().length > 0);
		const second = inWorker(worker(redis()), [...orders(4, 204), ...orders(4, 200)]);
		await Promise.all([first, second]);
		expect(recipients().sort()).toEqual(
			orders(8, 200)
				.map(({ to }) => to)
				.sort(),
		);
	});

	test('what one could not send, the other does not send either, and says why', async () => {
		sandbox.current.postmark.bounce({ email: 'p300@yunhe.example' });
		answerLate(500);
		const first = inWorker(worker(redis()), orders(2, 300));
		await until(() => recipients().length > 0);
		const second = await inWorker(worker(redis()), orders(2, 300));
		await first;
		expect(second.json(NODE, 1)[0]).toMatchObject({
			error: expect.stringContaining('another item with the same key was tried first') as string,
			details: { code: '406', canRetry: false },
		});
		expect(recipients()).toEqual(['p301@yunhe.example']);
	});

	test('the worker that sends dies after the service took it: the other finds it, and sends nothing', async () => {
		answerLate(3_000);
		const dying = worker(redis());
		const first = inWorker(dying, orders(3, 400));
		await until(() => recipients().length > 0);
		dying.close();
		const second = await inWorker(worker(redis()), orders(3, 400));
		expect(second.json(NODE).map(({ alreadySent }) => alreadySent)).toEqual([true, true, true]);
		await first;
		expect(recipients()).toHaveLength(3);
	});
});

test('a worker that was taken for dead while it waited for its turn sends nothing, and takes what the other did', async () => {
	const state = processState();
	const batches = () => sandbox.current.requests.count({ service: 'postmark', path: '/email/batch' });
	let isLost = false;
	const claims: Claims = {
		claim: async (names, options) =>
			(await state.claims.claim(names, options)).map((claimed) => {
				if (!('mine' in claimed)) return claimed;
				const { mine } = claimed;
				return {
					mine: {
						isDoubtful: false,
						// The first try was told to wait. Meanwhile another worker has taken it over, and has done it.
						get isHeld() {
							if (batches() > 0) mine.end({ done: JSON.stringify({ sent: { MessageID: 'by the other' } }) });
							isLost = batches() > 0;
							return !isLost;
						},
						end: (ending) => mine.end(ending),
					},
				};
			}),
	};
	sandbox.current.faults.add({
		service: 'postmark',
		path: '/email/batch',
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '0.1' },
	});
	const run = await inWorker({ ...state, isShared: true, claims }, orders(1, 500));
	expect(isLost).toBe(true);
	expect(run.json(NODE)).toEqual([expect.objectContaining({ alreadySent: true, MessageID: 'by the other' })]);
	expect([recipients(), batches()]).toEqual([[], 1]);
});
