import { NODE, runNode, type NodeUnderTest } from '../../../support/runNode';
import { credentialFor, useSandbox } from '../../../support/services';
import { outputOf, Waiting } from '../../../support/waiting';

const sandbox = useSandbox();
const sent = () => sandbox.current.outlook.post.sent;

const asking = (form: object = {}): NodeUnderTest => ({
	type: 'outlook',
	parameters: {
		authentication: 'user',
		resource: 'message',
		operation: 'sendAndWait',
		to: 'ben@contoso.example',
		subject: 'Pay invoice 7?',
		message: '1,000 EUR',
		...form,
	} as never,
	credentials: credentialFor(sandbox.current, 'mailOpsOutlookOAuth2Api'),
});
const links = () =>
	[...(sent()[0]!.props.body as { content: string }).content.matchAll(/href="([^"]+)"[^>]*>([^<]+)</g)].map(
		([, url, label]) => ({ label, url: url!.replace(/&#38;/g, '&') }),
	);

test('one message for all items; a link that a scanner opens decides nothing, the button does', async () => {
	const node = asking({ approvalOptions: { values: { approvalType: 'double' } } });
	const run = await runNode(node, [{ a: 1 }, { a: 2 }], { executionId: 'waiting-1' });
	if (run.error) throw run.error;
	expect(run.raw.waitTill).toBeInstanceOf(Date);
	expect(sent()).toHaveLength(1);
	expect(links().map(({ label }) => label)).toEqual(['Decline', 'Approve']);
	const waiting = new Waiting(node, run.raw);
	const approve = links()[1]!.url;
	expect((await waiting.open(approve)).run).toBeUndefined();
	const answer = await waiting.open(approve, 'POST');
	expect(outputOf(answer.run)).toMatchObject([{ data: { approved: true } }]);
});

test('with the answer to the sending lost, one message goes', async () => {
	sandbox.current.faults.add({ service: 'outlook', path: '/v1.0/$batch', kind: 'resetAfter', after: 1 });
	const run = await runNode(asking(), [{}], { executionId: 'waiting-2' });
	expect(run.error).toBeUndefined();
	expect(sent()).toHaveLength(1);
	expect(run.items(NODE)).toBeDefined();
});
