import type { INode } from 'n8n-workflow';
import { NODE, runNode } from '../../../support/runNode';
import { useSandbox } from '../../../support/services';
import { alimail, people, sendEmail } from '../../support/nodes';

const sandbox = useSandbox();

const NO_CREDENTIAL = expect.stringContaining('does not have any credentials') as string;

/** A node whose credential was deleted, or never chosen. */
const withoutCredential = <N extends { settings?: Partial<INode> }>(node: N): N => ({
	...node,
	settings: { ...node.settings, credentials: {} },
});

describe('a node that cannot begin', () => {
	test.each([
		['continueErrorOutput', 1],
		['continueRegularOutput', 0],
	] as const)('with %s, no item comes out as if it had been done', async (onError, output) => {
		const node = withoutCredential(sendEmail(sandbox.current, { settings: { onError } }));
		const run = await runNode(node, people(3));
		if (output === 1) expect(run.items(NODE, 0)).toEqual([]);
		expect(run.items(NODE, output).map(({ json }) => json)).toEqual(
			people(3).map((_, item) =>
				expect.objectContaining({
					error: NO_CREDENTIAL,
					details: expect.objectContaining({ item, outcome: 'notSent' }),
				}),
			),
		);
	});

	test('a sync gives one failure, and no row passes for a person that was handled', async () => {
		const node = withoutCredential(
			alimail(sandbox.current, {
				parameters: {
					resource: 'user',
					operation: 'sync',
					columns: { mappingMode: 'autoMapInputData', value: {} },
				},
				settings: { onError: 'continueErrorOutput' },
			}),
		);
		const run = await runNode(node, people(3));
		expect([0, 1, 2].flatMap((output) => run.items(NODE, output))).toEqual([]);
		expect(run.json(NODE, 3)).toEqual([expect.objectContaining({ error: NO_CREDENTIAL })]);
	});

	test('without "Continue" it stops, as before', async () => {
		const run = await runNode(withoutCredential(sendEmail(sandbox.current)), people(1));
		expect(run.error?.message).toMatch(/does not have any credentials/);
	});
});
