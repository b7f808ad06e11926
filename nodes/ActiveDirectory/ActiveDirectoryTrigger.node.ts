import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { activeDirectory } from './credentialTests';
import { getAttributes } from './methods/lists';
import { triggerFields } from './trigger/fields';
import { poll } from './trigger/poll';

export class ActiveDirectoryTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Active Directory Trigger',
		name: 'activeDirectoryTrigger',
		icon: { light: 'file:activeDirectory.svg', dark: 'file:activeDirectory.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		// In its panel n8n shows the node and the trigger as one, with the node's aliases and the trigger's description.
		description:
			'Look after the people in Active Directory or LDAP, check their passwords, and start workflows when somebody comes, changes, moves or leaves',
		defaults: { name: 'Active Directory Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mailOpsActiveDirectoryApi', required: true, testedBy: 'activeDirectory' }],
		properties: [...triggerFields],
	};

	methods = {
		credentialTest: { activeDirectory },
		loadOptions: { getAttributes },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
