import { NODE, runNode } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { sendNode } from './email/sendForm';

const sandbox = useSandbox();

const STAGING = { serverToken: 'sandbox-staging-token' };
const asked = () => sandbox.current.requests.count({ path: '/server' });
const items = Array.from({ length: 1_200 }, () => ({}));

describe('emails that a sandbox server accepts and drops', () => {
	test('are said not to be delivered, after one request for the whole run', async () => {
		const run = await runNode(sendNode(sandbox.current, {}, {}, STAGING), items);
		expect(run.items(NODE)).toHaveLength(1_200);
		expect(run.hints(NODE)).toEqual([
			'Not delivered: “Staging” is a sandbox server of Postmark, which accepts emails and drops them.',
		]);
		expect(asked()).toBe(1);
	});

	test('cost no request when nobody looks on', async () => {
		const run = await runNode(sendNode(sandbox.current, {}, {}, STAGING), [{}], { mode: 'trigger' });
		expect(run.items(NODE)).toHaveLength(1);
		expect(asked()).toBe(0);
		expect(run.hints(NODE)).toEqual([]);
	});

	test('cost no request when none was accepted', async () => {
		const run = await runNode(sendNode(sandbox.current, { from: 'me@elsewhere.example' }, {}, STAGING));
		expect(run.error?.message).toContain('does not know the sender');
		expect(asked()).toBe(0);
	});
});

test('a server that delivers gives no hint', async () => {
	const run = await runNode(sendNode(sandbox.current));
	expect(run.hints(NODE)).toEqual([]);
	expect(asked()).toBe(1);
});

test('a server that cannot be asked about itself takes nothing from what was sent', async () => {
	sandbox.current.faults.add({
		service: 'postmark',
		path: '/server',
		kind: 'status',
		status: 401,
		times: Infinity,
	});
	const run = await runNode(sendNode(sandbox.current));
	expect(run.error).toBeUndefined();
	expect(run.items(NODE)).toHaveLength(1);
});
