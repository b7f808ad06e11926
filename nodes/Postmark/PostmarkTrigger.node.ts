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
import { postmarkServerToken } from './credentialTests';
import { getSendingStreams } from './methods/listSearch';
import { triggerFields } from './trigger/fields';
import { checkExists, create, remove, trigger } from './trigger/lifecycle';
import { receive } from './trigger/receive';

export class PostmarkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Postmark Trigger',
		name: 'postmarkTrigger',
		icon: { light: 'file:postmark.svg', dark: 'file:postmark.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		// In its panel n8n shows the node and the trigger as one, with the node's aliases and the trigger's description.
		description:
			'Send email through Postmark, and start workflows on bounces, inbound emails, unsubscribes and other events',
		defaults: { name: 'Postmark Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mailOpsPostmarkServerApi', required: true, testedBy: 'postmarkServerToken' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook', ndvHideUrl: true },
		],
		properties: [...triggerFields],
	};

	methods = {
		credentialTest: { postmarkServerToken },
		loadOptions: { getSendingStreams },
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
