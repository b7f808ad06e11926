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
import { sendPulseAccount } from './credentialTests';
import { triggerFields } from './trigger/fields';
import { checkExists, create, remove, trigger } from './trigger/lifecycle';
import { receive } from './trigger/receive';

export class SendPulseTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps SendPulse Trigger',
		name: 'sendPulseTrigger',
		icon: { light: 'file:sendPulse.svg', dark: 'file:sendPulse.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ ($parameter["service"] === "smtp" ? $parameter["smtpEvents"] : $parameter["events"]).join(", ") }}',
		// In its panel n8n shows the node and the trigger as one, with the node's aliases and the trigger's description.
		description:
			'Send email through SendPulse, keep its mailing lists, and start workflows on bounces, unsubscribes and other events',
		defaults: { name: 'SendPulse Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mailOpsSendPulseApi', required: true, testedBy: 'sendPulseAccount' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: '={{ $parameter["service"] === "smtp" && $parameter["key"] || "webhook" }}',
				// Only what is entered by hand has to be seen.
				ndvHideUrl: '={{ $parameter["service"] !== "smtp" }}',
			},
		],
		properties: [...triggerFields],
	};

	methods = {
		credentialTest: { sendPulseAccount },
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
