import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { propertiesOf } from '../../core/node/properties';
import { run } from '../../core/node/run/run';
import { account } from './account';
import { aokSend } from './connection';
import { aokSendAppKey } from './credentialTests';
import { custom } from './custom';
import { email } from './email';

const resources = [email, account, custom];

export class AokSend implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps AokSend',
		name: 'aokSend',
		icon: { light: 'file:aokSend.svg', dark: 'file:aokSend.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send email through AokSend, AotSend or 蜂邮',
		defaults: { name: 'AokSend' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mailOpsAokSendApi', required: true, testedBy: 'aokSendAppKey' }],
		properties: propertiesOf(resources),
	};

	methods = {
		credentialTest: { aokSendAppKey },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources, aokSend);
	}
}
