import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { outlookApp, outlookUser } from './credentialTests';
import { getCalendars, getFolders, searchFolders } from './methods/lists';
import { instantFields } from './trigger/instant/fields';
import { checkExists, create, remove, trigger } from './trigger/instant/lifecycle';
import { receive } from './trigger/instant/receive';

/**
 * A node of its own beside the one that looks at set times: n8n shows the times in every node that polls, gives `poll()` and
 * `webhook()` of one node two memories that know nothing of each other, and workflows that poll must stay as they are.
 */
export class OutlookInstantTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Outlook Instant Trigger',
		name: 'outlookInstantTrigger',
		icon: { light: 'file:outlook.svg', dark: 'file:outlook.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts workflows as soon as Outlook tells of new mail, or of a change of a message, an event or a contact',
		defaults: { name: 'Outlook Instant Trigger' },
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
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook', ndvHideUrl: true },
		],
		properties: [...instantFields],
	};

	methods = {
		credentialTest: { outlookApp, outlookUser },
		listSearch: { searchFolders },
		loadOptions: { getCalendars, getFolders },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkExists.call(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await create.call(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await remove.call(this);
			},
		},
	};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await trigger.call(this);
	}

	/** Passes on what came by webhook. Without it, n8n would call `trigger()` in a test of the editor instead. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive.call(this);
	}
}
