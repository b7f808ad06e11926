import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { propertiesOf } from '../../core/node/properties';
import { run } from '../../core/node/run/run';
import { directory } from './connection';
import { activeDirectory } from './credentialTests';
import { getAttributes, getWritableAttributes, searchUsers } from './methods/lists';
import { entry } from './entry';
import { group } from './group';
import { server } from './server';
import { user } from './user';
import { getSyncColumns } from './user/sync/columns';

const resources = [user, group, entry, server];

export class ActiveDirectory implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps Active Directory',
		name: 'activeDirectory',
		icon: { light: 'file:activeDirectory.svg', dark: 'file:activeDirectory.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Look after the people in Active Directory or LDAP, and check their passwords',
		defaults: { name: 'Active Directory' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs:
			'={{ $parameter["resource"] === "user" && $parameter["operation"] === "sync" ? [{ "type": "main", "displayName": "Users" }, { "type": "main", "displayName": "Problems" }, { "type": "main", "displayName": "Summary" }] : ["main"] }}',
		sensitiveOutputFields: ['initialPassword'],
		credentials: [{ name: 'mailOpsActiveDirectoryApi', required: true, testedBy: 'activeDirectory' }],
		properties: propertiesOf(resources),
	};

	methods = {
		credentialTest: { activeDirectory },
		listSearch: { searchUsers },
		loadOptions: { getAttributes, getWritableAttributes },
		resourceMapping: { getSyncColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources, directory);
	}
}
