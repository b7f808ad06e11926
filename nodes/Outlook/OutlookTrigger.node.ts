import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { outlookApp, outlookUser } from './credentialTests';
import { getCalendars, getFolders, searchFolders } from './methods/lists';
import { triggerFields } from './trigger/fields';
import { poll } from './trigger/poll';

export class OutlookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Outlook Trigger',
		name: 'outlookTrigger',
		icon: { light: 'file:outlook.svg', dark: 'file:outlook.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		// In its panel n8n shows the node and the trigger as one, with the node's aliases and the trigger's description.
		description:
			'Send and keep mail in Outlook mailboxes, and start workflows on new mail and on changes of messages, events and contacts',
		defaults: { name: 'Outlook Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'mailOpsOutlookOAuth2Api',
				required: true,
				testedBy: 'outlookUser',
				displayOptions: { show: { authentication: ['user'] } },
			},
			{
				name: 'mailOpsOutlookAppOAuth2Api',
				required: true,
				testedBy: 'outlookApp',
				displayOptions: { show: { authentication: ['app'] } },
			},
		],
		properties: [...triggerFields],
	};

	methods = {
		credentialTest: { outlookApp, outlookUser },
		listSearch: { searchFolders },
		loadOptions: { getCalendars, getFolders },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
