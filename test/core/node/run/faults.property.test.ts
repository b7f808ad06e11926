import fc from 'fast-check';
import type { Fault } from '../../../../sandbox';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { createUser, people, recipients, sendEmail } from '../../support/nodes';

const sandbox = useSandbox();

/** Everything that can happen to a request; pauses are short so that many cases can be tried. */
const happening = fc.constantFrom<object>(
	{ kind: 'status', status: 429, headers: { 'retry-after': '0.05' } },
	{ kind: 'status', status: 503, headers: { 'retry-after': '0.05' } },
	{ kind: 'status', status: 422 },
	{ kind: 'status', status: 500 },
	{ kind: 'html', status: 200 },
	{ kind: 'html', status: 502 },
	{ kind: 'resetBefore' },
	{ kind: 'resetAfter' },
	{ kind: 'slow', ms: 20 },
);
const happenings = fc.array(
	fc.record({
		what: happening,
		after: fc.integer({ min: 0, max: 6 }),
		times: fc.integer({ min: 1, max: 2 }),
	}),
	{ maxLength: 4 },
);
const settings = fc.record({
	retryOnFail: fc.boolean(),
	onError: fc.constantFrom('stopWorkflow', 'continueErrorOutput', 'continueRegularOutput'),
});

type Result = 'done' | 'refused' | 'notSent' | 'unknown';

/** What the node said of each item, or of none when it stopped. */
function said(run: Awaited<ReturnType<typeof runNode>>): Map<number, Result> {
	const all = [...run.items(NODE, 0), ...run.items(NODE, 1)];
	return new Map(
		all.map(({ json, pairedItem }) => [
			(pairedItem as { item: number }).item,
			((json.details as { outcome?: Result } | undefined)?.outcome ?? 'done') as Result,
		]),
	);
}

function check(
	results: Map<number, Result>,
	stopped: boolean,
	count: number,
	happened: (no: number) => number,
) {
	if (!stopped) expect(results.size).toBe(count);
	for (let no = 0; no < count; no++) {
		const times = happened(no);
		expect({ no, isDoubled: times > 1 }).toEqual({ no, isDoubled: false });
		const result = results.get(no);
		if (result === 'done') expect({ no, times }).toEqual({ no, times: 1 });
		if (result === 'refused' || result === 'notSent')
			expect({ no, result, times }).toEqual({ no, result, times: 0 });
	}
}

let servers = 0;

test('emails: whatever happens, none is sent twice, and what is said of each is true', async () => {
	await fc.assert(
		fc.asyncProperty(happenings, settings, async (faults, chosen) => {
			sandbox.current.reset();
			const serverToken = `property-token-${++servers}`;
			sandbox.current.postmark.addServer({ id: 3000 + servers, name: 'Own', tokens: [serverToken] });
			for (const { what, after, times } of faults)
				sandbox.current.faults.add({
					...what,
					service: 'postmark',
					path: '/email/batch',
					after: after % 2,
					times,
				} as Fault);
			const node = sendEmail(sandbox.current, {
				credential: { serverToken },
				settings: { ...chosen, maxTries: 2, waitBetweenTries: 1 } as never,
			});
			const run = await runNode(node, people(12));
			const sent = recipients(sandbox.current);
			check(
				said(run),
				run.error !== undefined,
				12,
				(no) => sent.filter((to) => to === people(12)[no]!.email).length,
			);
		}),
		{ numRuns: 25 },
	);
});

test('accounts: whatever happens, what is said of each is true, and unknown fates are looked up', async () => {
	await fc.assert(
		fc.asyncProperty(happenings, settings, async (faults, chosen) => {
			sandbox.current.reset();
			sandbox.current.alimail.settings.requestsPerSecond = 10_000;
			const app = { id: `property-${++servers}`, secret: 'a-secret' };
			sandbox.current.alimail.apps.add({ ...app, permissions: { users: 'readWrite' } });
			for (const { what, after, times } of faults)
				sandbox.current.faults.add({ ...what, service: 'alimail', path: /users/, after, times } as Fault);
			const node = createUser(sandbox.current, {
				credential: { appId: app.id, appSecret: app.secret },
				settings: { ...chosen, maxTries: 2, waitBetweenTries: 1 } as never,
			});
			const run = await runNode(node, people(8));
			const made = sandbox.current.alimail.users().map(({ email }) => email);
			check(
				said(run),
				run.error !== undefined,
				8,
				(no) => made.filter((it) => it === people(8)[no]!.email).length,
			);
			const isRefused = faults.some(({ what }) => 'status' in what && what.status === 422);
			if (!isRefused) expect(made).toHaveLength(8);
		}),
		{ numRuns: 12 },
	);
});
