import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { PollHost } from '../pollHost';
import { NODE } from '../runNode';

/** The Active Directory Trigger, and what n8n has in its database of the workflow. */
export class Polling {
	saved: IDataObject = {};

	constructor(
		public parameters: INodeParameters,
		public credential: ICredentialDataDecryptedObject,
	) {}

	/** What the trigger remembers. */
	get memory(): IDataObject {
		return (this.saved[`node:${NODE}`] ?? {}) as IDataObject;
	}

	/** One poll. What the trigger remembers is taken over when it has not failed. */
	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<IDataObject[]> {
		const host = new PollHost({
			type: 'activeDirectoryTrigger',
			parameters: this.parameters,
			credentials: { mailOpsActiveDirectoryApi: this.credential },
		});
		host.saved = this.saved;
		const found = await host.poll(mode);
		this.saved = host.saved;
		return found.map(({ json }) => json);
	}
}
