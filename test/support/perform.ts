import type { IDataObject, INode } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { NODE, runNode, type NodeUnderTest } from './runNode';

/** A node with `resource.operation` chosen. */
type NodeOf = (
	sandbox: Sandbox,
	operation: string,
	parameters?: IDataObject,
	settings?: Partial<INode>,
) => NodeUnderTest;

type Rows = Array<Record<string, unknown>>;

/**
 * Runs a service's operations through the engine.
 *
 * @param passedOver what was sent that the service would have ignored
 */
export const performing = (nodeOf: NodeOf, passedOver: (sandbox: Sandbox) => unknown[]) => ({
	/** Runs `resource.operation` once, which must work and send nothing that the service would have ignored. */
	async perform(sandbox: Sandbox, operation: string, parameters: IDataObject = {}, items?: Rows) {
		const run = await runNode(nodeOf(sandbox, operation, parameters), items);
		if (run.error) throw run.error;
		expect(passedOver(sandbox)).toEqual([]);
		return { rows: run.json(NODE), items: run.items(NODE), hints: run.hints(NODE), run };
	},

	/** Runs `resource.operation` with items on the error output: what worked, and what did not. */
	async performSome(sandbox: Sandbox, operation: string, parameters: IDataObject, items: Rows) {
		const run = await runNode(
			nodeOf(sandbox, operation, parameters, { onError: 'continueErrorOutput' }),
			items,
		);
		if (run.error) throw run.error;
		return { done: run.items(NODE), problems: run.items(NODE, 1), hints: run.hints(NODE) };
	},
});
