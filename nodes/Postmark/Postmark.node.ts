import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { propertiesOf } from '../../core/node/properties';
import { run } from '../../core/node/run';
import { postmarkAccountToken, postmarkServerToken } from './credentialTests';
import { email } from './email';
import { getSendingStreams } from './pickers';
import { server } from './server';
import { postmark } from './transport';

const resources = [email, server];

export class Postmark implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Postmark',
		name: 'postmark',
		icon: { light: 'file:postmark.svg', dark: 'file:postmark.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send email through Postmark, many items in one request, each with its own answer',
		defaults: { name: 'Postmark' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'mailOpsPostmarkServerApi',
				required: true,
				testedBy: 'postmarkServerToken',
				displayOptions: { show: { operation: ['send', 'get'] } },
			},
			{
				name: 'mailOpsPostmarkAccountApi',
				required: true,
				testedBy: 'postmarkAccountToken',
				displayOptions: { show: { resource: ['server'], operation: ['getAll'] } },
			},
		],
		properties: propertiesOf(resources),
	};

	methods = {
		credentialTest: { postmarkServerToken, postmarkAccountToken },
		loadOptions: { getSendingStreams },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources, postmark);
	}
}
