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
import { account } from './account';
import { attachment } from './attachment';
import { calendar } from './calendar';
import { outlook } from './connection';
import { contact, contactFolder } from './contact';
import { outlookApp, outlookUser } from './credentialTests';
import { custom } from './custom';
import { draft } from './draft';
import { event } from './event';
import { folder } from './folder';
import { message } from './message';
import {
	searchCalendarGroups,
	searchCalendars,
	searchCategories,
	searchContactFolders,
	searchFolders,
	searchTimeZones,
	searchUsers,
} from './methods/lists';
import { category } from './settings/categories';
import { mailboxSettings } from './settings/mailbox';
import { rule } from './settings/rules';
import { user } from './user';
import { getSyncColumns } from './user/sync/columns';

const resources = [
	message,
	draft,
	attachment,
	folder,
	event,
	calendar,
	contact,
	contactFolder,
	category,
	rule,
	mailboxSettings,
	user,
	account,
	custom,
];

export class Outlook implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Outlook',
		name: 'outlook',
		icon: { light: 'file:outlook.svg', dark: 'file:outlook.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send and keep mail in Outlook mailboxes, twenty messages in one request',
		defaults: { name: 'Outlook' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs:
			'={{ $parameter["resource"] === "user" && $parameter["operation"] === "sync" ? [{ "type": "main", "displayName": "Users" }, { "type": "main", "displayName": "Problems" }, { "type": "main", "displayName": "Summary" }] : ["main"] }}',
		sensitiveOutputFields: ['initialPassword'],
		webhooks: answerWebhooks,
		waitingNodeTooltip: waitingTooltip,
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
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{
						name: 'App by Itself',
						value: 'app',
						description: 'Without a person, in any mailbox it may open',
					},
					{ name: 'OAuth2 of a Person', value: 'user', description: 'As the person who has connected' },
				],
				default: 'user',
				description: 'How to sign in: as a person, or as an app without one',
			},
			...propertiesOf(resources),
		],
	};

	methods = {
		credentialTest: { outlookApp, outlookUser },
		listSearch: {
			searchCalendarGroups,
			searchCalendars,
			searchCategories,
			searchContactFolders,
			searchFolders,
			searchTimeZones,
			searchUsers,
		},
		resourceMapping: { getSyncColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources, outlook);
	}

	/** The answer to a message that was sent to ask somebody. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await takeAnswer(this);
	}
}
