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
import { mailchimpKey, mailchimpOAuth2 } from './credentialTests';
import { searchAudiences } from './methods/lists';
import { triggerFields } from './trigger/fields';
import { checkExists, create, remove, trigger } from './trigger/lifecycle';
import { receive } from './trigger/receive';

export class MailchimpTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Mailchimp Trigger',
		name: 'mailchimpTrigger',
		icon: { light: 'file:mailchimp.svg', dark: 'file:mailchimp.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		// In its panel n8n shows the node and the trigger as one, with the node's aliases and the trigger's description.
		description:
			'Keep Mailchimp audiences, and start workflows when somebody subscribes, unsubscribes or changes a profile',
		defaults: { name: 'Mailchimp Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'mailOpsMailchimpApi',
				required: true,
				testedBy: 'mailchimpKey',
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'mailOpsMailchimpOAuth2Api',
				required: true,
				testedBy: 'mailchimpOAuth2',
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook', ndvHideUrl: true },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook', ndvHideUrl: true },
		],
		properties: [...triggerFields],
	};

	methods = {
		credentialTest: { mailchimpKey, mailchimpOAuth2 },
		listSearch: { searchAudiences },
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
