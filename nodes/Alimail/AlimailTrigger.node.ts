import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { alimailApp } from './credentialTests';
import { searchMailFolders, searchUsers } from './methods/listSearch';
import { triggerFields } from './trigger/fields';
import { poll } from './trigger/poll';

export class AlimailTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Alimail Trigger',
		name: 'alimailTrigger',
		icon: { light: 'file:alimail.svg', dark: 'file:alimail.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["watch"] }}',
		// In its panel n8n shows the node and the trigger as one, with the node's aliases and the trigger's description.
		description:
			'Keep the mailboxes of Alibaba Mail in step with HR, send and read mail, and start workflows on changes of users and on new mail',
		defaults: { name: 'Alimail Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mailOpsAlimailApi', required: true, testedBy: 'alimailApp' }],
		properties: [...triggerFields],
	};

	methods = {
		credentialTest: { alimailApp },
		listSearch: { searchMailFolders, searchUsers },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
