import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { activityFields } from './activity/fields';
import { poll } from './activity/poll';
import { mailchimpKey, mailchimpOAuth2 } from './credentialTests';
import { searchStores } from './methods/ecommerce';
import { searchAudiences, searchCampaigns } from './methods/lists';

export class MailchimpActivityTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Mailchimp Activity Trigger',
		name: 'mailchimpActivityTrigger',
		icon: { light: 'file:mailchimp.svg', dark: 'file:mailchimp.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Start workflows when a campaign is opened, clicked or sent, a shop has a new order or customer, or something new is in Mailchimp',
		defaults: { name: 'Mailchimp Activity Trigger' },
		polling: true,
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
		properties: [...activityFields],
	};

	methods = {
		credentialTest: { mailchimpKey, mailchimpOAuth2 },
		listSearch: { searchAudiences, searchCampaigns, searchStores },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
