import fc from 'fast-check';
import type { Fault } from '../../../../sandbox';
import { forgetClaims } from '../../../../core/batch/inFlight';
import { patience } from '../../../../core/batch/idempotency';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { people, recipients, sendEmail } from '../../support/nodes';

const sandbox = useSandbox();
const { pausesMs } = patience;
beforeAll(() => {
	patience.pausesMs = [2, 4];
});
afterAll(() => {
	patience.pausesMs = pausesMs;
});

const happening = fc.record({
	what: fc.constantFrom<object>(
		{ kind: 'status', status: 429, headers: { 'retry-after': '0.02' } },
		{ kind: 'status', status: 422 },
		{ kind: 'status', status: 500 },
		{ kind: 'html', status: 200 },
		{ kind: 'resetBefore' },
		{ kind: 'resetAfter' },
		{ kind: 'partial', indexes: [1, 4], errorCode: 406 },
	),
	path: fc.constantFrom('/email/batch', '/email/batch', '/messages/outbound'),
	after: fc.integer({ min: 0, max: 2 }),
	times: fc.integer({ min: 1, max: 2 }),
});

const night = fc.record({
	faults: fc.array(happening, { maxLength: 3 }),
	settings: fc.record({
		retryOnFail: fc.boolean(),
		onError: fc.constantFrom('stopWorkflow', 'continueErrorOutput'),
	}),
	/** n8n was restarted before this run: nothing is left in the process. */
	isRestarted: fc.boolean(),
	from: fc.integer({ min: 0, max: 6 }),
});

let servers = 0;

test('emails with a key: however often the workflow runs and whatever happens, each goes out exactly once', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 3 }), async (nights) => {
			sandbox.current.reset();
			const serverToken = `once-token-${++servers}`;
			sandbox.current.postmark.addServer({ id: 5000 + servers, name: 'Own', tokens: [serverToken] });
			const run = async (from: number, settings: object) =>
				await runNode(
					sendEmail(sandbox.current, {
						parameters: {
							preventDoubleSending: 'key',
							onceKey: '={{ $json.email }}',
						},
						credential: { serverToken },
						settings: { maxTries: 2, waitBetweenTries: 1, ...settings } as never,
					}),
					people(12).slice(from),
				);
			const timesSent = (email: string) => recipients(sandbox.current).filter((to) => to === email).length;
			for (const { faults, settings, isRestarted, from } of nights) {
				if (isRestarted) forgetClaims();
				for (const { what, ...where } of faults)
					sandbox.current.faults.add({
						...what,
						...where,
						service: 'postmark',
						...('indexes' in what ? { path: '/email/batch' } : {}),
					} as Fault);
				const outcome = await run(from, settings);
				for (const { email } of people(12)) expect(timesSent(email)).toBeLessThanOrEqual(1);
				for (const { To } of outcome.json(NODE, 0)) expect([To, timesSent(String(To))]).toEqual([To, 1]);
				sandbox.current.faults.clear();
			}
			forgetClaims();
			const last = await run(0, {});
			expect(last.json(NODE).map(({ To }) => To)).toEqual(people(12).map(({ email }) => email));
			expect(recipients(sandbox.current).sort()).toEqual(
				people(12)
					.map(({ email }) => email)
					.sort(),
			);
		}),
		{ numRuns: 25 },
	);
}, 300_000);
