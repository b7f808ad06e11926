import { PollContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	INodeType,
	IPollFunctions,
} from 'n8n-workflow';
import { Engine } from '../../../scripts/engine';
import { NODE, nodeUnderTest } from '../runNode';

/** n8n's engine, for its context of a poll. */
class Polls extends Engine {
	contextOf(file: object, mode: 'trigger' | 'manual') {
		const { workflow, additionalData } = this.prepare(file as never, mode, 'run');
		const context = new PollContext(workflow, workflow.getNode(NODE)!, additionalData, mode, 'activate');
		return { workflow, context: context as IPollFunctions };
	}
}

/** A polling trigger, and what n8n has in its database of the workflow. */
export class Polling {
	saved: IDataObject = {};

	constructor(
		private readonly node: INodeType,
		public parameters: INodeParameters,
		public credential: ICredentialDataDecryptedObject,
	) {}

	/** What the trigger remembers. */
	get memory(): IDataObject {
		return (this.saved[`node:${NODE}`] ?? {}) as IDataObject;
	}

	/** One poll by n8n's own context. Static data is taken over when the poll has not failed. */
	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<IDataObject[]> {
		const credentials = { mailOpsActiveDirectoryApi: this.credential };
		const spec = { type: this.node.description.name, parameters: this.parameters, credentials };
		const engine = new Polls();
		engine.addCredential('mailOpsActiveDirectoryApi', this.credential);
		const staticData = JSON.parse(JSON.stringify(this.saved)) as IDataObject;
		const file = { name: 'Test', nodes: [nodeUnderTest(spec)], connections: {}, staticData };
		const { workflow, context } = engine.contextOf(file, mode);
		const found = await this.node.poll!.call(context);
		if (mode === 'trigger') this.saved = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		return (found?.[0] ?? []).map(({ json }) => json);
	}
}
