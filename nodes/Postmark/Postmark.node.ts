import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { answerWebhooks, takeAnswer, waitingTooltip } from '../../core/approval';
import { propertiesOf } from '../../core/node/properties';
import { run } from '../../core/node/run/run';
import { searchDomains, searchServers, searchSignatures } from './methods/accountListSearch';
import { accountServer } from './accountServer';
import { bounce } from './bounce';
import { postmarkAccountToken, postmarkServerToken } from './credentialTests';
import { custom, customAccount } from './custom';
import { dataRemoval } from './dataRemoval';
import { domain } from './domain';
import { email } from './email';
import { inboundMessage } from './inboundMessage';
import { inboundRule } from './inboundRule';
import { message } from './message/index';
import {
	getBroadcastStreams,
	getSendingStreams,
	searchBounces,
	searchInboundRules,
	searchSendingStreams,
	searchStreams,
	searchWebhooks,
} from './methods/listSearch';
import { senderSignature } from './senderSignature';
import { server } from './server';
import { statistics } from './statistics';
import { stream } from './stream';
import { suppression } from './suppression';
import { template } from './template';
import {
	getLayouts,
	getTemplatePlaceholders,
	searchTemplates,
	searchTemplatesAndLayouts,
} from './methods/templates';
import { postmark } from './connection';
import { webhook } from './webhook';

const resources = [
	email,
	message,
	bounce,
	suppression,
	template,
	stream,
	inboundMessage,
	inboundRule,
	statistics,
	webhook,
	server,
	accountServer,
	domain,
	senderSignature,
	dataRemoval,
	customAccount,
	custom,
];

/** The resources that sign in with the account's token; all others need a server's. */
const ofAccount = ['accountServer', 'domain', 'senderSignature', 'dataRemoval', 'customAccount'];

export class Postmark implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Postmark',
		name: 'postmark',
		icon: { light: 'file:postmark.svg', dark: 'file:postmark.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Send email through Postmark, many items in one request, and look after everything around it',
		defaults: { name: 'Postmark' },
		usableAsTool: {
			replacements: {
				description:
					'Send one email through Postmark, or look up what became of emails: deliveries, bounces, opens, suppressed addresses',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'mailOpsPostmarkServerApi',
				required: true,
				testedBy: 'postmarkServerToken',
				displayOptions: { hide: { resource: ofAccount } },
			},
			{
				name: 'mailOpsPostmarkAccountApi',
				required: true,
				testedBy: 'postmarkAccountToken',
				displayOptions: { show: { resource: ofAccount } },
			},
		],
		webhooks: answerWebhooks,
		waitingNodeTooltip: waitingTooltip,
		properties: propertiesOf(resources),
	};

	methods = {
		credentialTest: { postmarkServerToken, postmarkAccountToken },
		loadOptions: { getBroadcastStreams, getLayouts, getSendingStreams },
		listSearch: {
			searchBounces,
			searchDomains,
			searchInboundRules,
			searchSendingStreams,
			searchServers,
			searchSignatures,
			searchStreams,
			searchTemplates,
			searchTemplatesAndLayouts,
			searchWebhooks,
		},
		resourceMapping: { getTemplatePlaceholders },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources, postmark);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await takeAnswer(this);
	}
}
