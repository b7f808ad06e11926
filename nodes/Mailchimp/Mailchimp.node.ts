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
import { audience } from './audience';
import { automation } from './automation';
import { getSyncColumns } from './audience/sync/columns';
import { batch } from './batch';
import { campaign } from './campaign';
import { mailchimp } from './connection';
import { authenticationField } from './authentication';
import { mailchimpKey, mailchimpOAuth2 } from './credentialTests';
import { custom } from './custom';
import { cart, customer, order, product, store } from './ecommerce';
import { file } from './file';
import { interest } from './interest';
import { interestCategory } from './interestCategory';
import { member } from './member';
import { mergeField } from './mergeField';
import {
	getAudiences,
	getCampaignFolders,
	getTemplateFolders,
	searchLinks,
	searchRecipients,
	searchTemplates,
} from './methods/campaigns';
import { searchCustomers, searchProducts, searchStores } from './methods/ecommerce';
import {
	getCategories,
	getInterests,
	getPermissions,
	searchAudiences,
	searchCampaigns,
	searchCategories,
	searchInterests,
	searchSegments,
	searchTags,
} from './methods/lists';
import { getMergeFields, searchMergeFields } from './methods/mergeFields';
import { searchWebhooks } from './methods/webhooks';
import { report } from './report';
import { segment } from './segment';
import { tag } from './tag';
import { template } from './template';
import { webhook } from './webhook';

const resources = [
	member,
	tag,
	segment,
	audience,
	mergeField,
	interestCategory,
	interest,
	campaign,
	template,
	report,
	webhook,
	automation,
	file,
	store,
	customer,
	product,
	order,
	cart,
	batch,
	account,
	custom,
];

export class Mailchimp implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Mailchimp',
		name: 'mailchimp',
		icon: { light: 'file:mailchimp.svg', dark: 'file:mailchimp.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Keep Mailchimp audiences, hundreds of contacts in one request with an answer for each',
		defaults: { name: 'Mailchimp' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs:
			'={{ $parameter["resource"] === "audience" && $parameter["operation"] === "sync" ? [{ "type": "main", "displayName": "Contacts" }, { "type": "main", "displayName": "Problems" }, { "type": "main", "displayName": "Summary" }] : ["main"] }}',
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
		properties: [authenticationField, ...propertiesOf(resources)],
	};

	methods = {
		credentialTest: { mailchimpKey, mailchimpOAuth2 },
		loadOptions: {
			getAudiences,
			getCampaignFolders,
			getCategories,
			getInterests,
			getPermissions,
			getTemplateFolders,
		},
		listSearch: {
			searchAudiences,
			searchCampaigns,
			searchCategories,
			searchCustomers,
			searchInterests,
			searchLinks,
			searchMergeFields,
			searchProducts,
			searchRecipients,
			searchSegments,
			searchStores,
			searchTags,
			searchTemplates,
			searchWebhooks,
		},
		resourceMapping: { getMergeFields, getSyncColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources, mailchimp);
	}
}
