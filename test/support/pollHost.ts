import { PollContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { Engine } from '../../scripts/engine';
import { NODE, nodeUnderTest, type NodeUnderTest } from './runNode';

/**
 * A small n8n around one trigger of the pack that polls. As n8n does: the workflow is loaded anew for each poll, and its static
 * data is saved after a poll that did not fail; a poll by hand saves nothing.
 */
export class PollHost extends Engine {
	/** The workflow's static data as it stands in n8n's database. */
	saved: IDataObject = {};

	constructor(readonly spec: NodeUnderTest) {
		super();
		for (const [name, data] of Object.entries(spec.credentials)) this.addCredential(name, data);
	}

	/** @returns the items of the execution that n8n would start; none when there is none. @throws what the poll throws */
	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<INodeExecutionData[]> {
		const node = nodeUnderTest(this.spec);
		const file = { name: 'Test', nodes: [node], connections: {}, staticData: plain(this.saved) };
		const { workflow, additionalData } = this.prepare(file, mode, 'run');
		const context = new PollContext(workflow, workflow.getNode(NODE)!, additionalData, mode, 'activate');
		const found = await this.nodeType(node.type).poll!.call(context as IPollFunctions);
		if (mode === 'trigger') this.saved = plain(workflow.staticData);
		return found?.[0] ?? [];
	}
}

const plain = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;
