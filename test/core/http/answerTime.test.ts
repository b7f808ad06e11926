import { RateLimiter } from '../../../core/http/limiter';
import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { getUser, people } from '../support/nodes';

const sandbox = useSandbox();

test('the limiter is told how long answers took, without the wait for a turn', async () => {
	sandbox.current.alimail.seed({ users: people(8) });
	const told = jest.spyOn(RateLimiter.prototype, 'succeeded');
	try {
		// Two requests a second: the last of eight waits for its turn for some three seconds.
		const credential = { requestsPerSecond: 2 };
		const begun = Date.now();
		const run = await runNode(getUser(sandbox.current, { credential }), people(8));
		const took = Date.now() - begun;
		expect(run.json(NODE)).toHaveLength(8);
		expect(took).toBeGreaterThan(2_500);
		const times = told.mock.calls.map(([ms]) => ms ?? 0).sort((a, b) => a - b);
		expect(times).toHaveLength(8);
		expect(times[Math.floor(times.length / 2)]!).toBeLessThan(took / 4);
	} finally {
		told.mockRestore();
	}
});
