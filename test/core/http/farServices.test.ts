import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { getUser, people } from '../support/nodes';

const sandbox = useSandbox();

/** The most requests that were under way at the same time. */
function peak(): number {
	const all = sandbox.current.requests
		.list({ service: 'alimail', path: '/v2/users/:user' })
		.map(({ at, ms }) => ({ from: Date.parse(at) - ms, until: Date.parse(at) }));
	return Math.max(
		...all.map(({ from }) => all.filter((one) => one.from <= from && one.until > from + 1).length),
	);
}

test('more requests are under way when answers are slow, so that the rate is used all the same', async () => {
	sandbox.current.alimail.seed({ users: people(80) });
	sandbox.current.faults.add({
		service: 'alimail',
		path: /^\/v2\/users\//,
		kind: 'slow',
		ms: 3_000,
		times: Infinity,
	});
	const run = await runNode(getUser(sandbox.current), people(80));
	expect(run.json(NODE)).toHaveLength(80);
	// 24 are under way before it is known how slow it is.
	expect(peak()).toBeGreaterThan(24);
});
