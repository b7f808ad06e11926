import { NODE, runNode } from '../../support/runNode';
import { postmarkCredential, useSandbox } from '../../support/services';

const sandbox = useSandbox();

const send = (parameters: Record<string, unknown> = {}, settings = {}) => ({
	type: 'postmark',
	parameters: {
		resource: 'email',
		operation: 'send',
		from: 'People Team <people@yunhe.example>',
		to: '={{ $json.to }}',
		subject: 'Welcome',
		html: '<p>Hello <b>you</b></p>',
		...parameters,
	} as never,
	credentials: postmarkCredential(sandbox.current),
	settings,
});

test('all items go out in one request, each with its own answer', async () => {
	const items = Array.from({ length: 120 }, (_, i) => ({ to: `person${i}@yunhe.example` }));
	const run = await runNode(send(), items);
	expect(run.error).toBeUndefined();
	expect(run.items(NODE)).toHaveLength(120);
	expect(run.items(NODE)[7]).toMatchObject({
		json: { To: 'person7@yunhe.example', MessageID: expect.any(String), ErrorCode: 0 },
		pairedItem: { item: 7 },
	});
	expect(sandbox.current.requests.count({ service: 'postmark', path: /email/ })).toBe(1);
});
