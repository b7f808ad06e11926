import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { propertiesOf } from '../../core/node/properties';
import { run } from '../../core/node/run/run';
import { attachment } from './attachment';
import { contact } from './contact';
import { alimailApp } from './credentialTests';
import { custom } from './custom';
import { department } from './department';
import { domain } from './domain';
import { mailFolder } from './mailFolder';
import { message } from './message';
import { organization } from './organization';
import { searchDepartments, searchDomains, searchMailFolders, searchUsers } from './methods/listSearch';
import { alimail } from './connection';
import { user } from './user';
import { getSyncColumns } from './user/sync/columns';

const resources = [user, department, message, attachment, mailFolder, contact, domain, organization, custom];

export class Alimail implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Alimail',
		name: 'alimail',
		icon: { light: 'file:alimail.svg', dark: 'file:alimail.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Keep the mailboxes of Alibaba Mail in step with HR: users, departments, nightly sync. Send and read their mail.',
		defaults: { name: 'Alimail' },
		usableAsTool: {
			replacements: {
				description:
					'Look up and change mail accounts and departments of Alimail (Alibaba Mail): find, create, freeze, rename, new password. Search, read and send mail of its mailboxes.',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs:
			'={{ $parameter["resource"] === "user" && $parameter["operation"] === "sync" ? [{ "type": "main", "displayName": "Users" }, { "type": "main", "displayName": "Problems" }, { "type": "main", "displayName": "Summary" }] : ["main"] }}',
		sensitiveOutputFields: ['initialPassword'],
		credentials: [{ name: 'mailOpsAlimailApi', required: true, testedBy: 'alimailApp' }],
		properties: propertiesOf(resources),
	};

	methods = {
		credentialTest: { alimailApp },
		listSearch: { searchDepartments, searchDomains, searchMailFolders, searchUsers },
		resourceMapping: { getSyncColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources, alimail);
	}
}
