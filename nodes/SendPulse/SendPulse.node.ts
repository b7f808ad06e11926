import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { propertiesOf } from '../../core/node/properties';
import { run } from '../../core/node/run/run';
import { sendPulse } from './connection';
import { account } from './account';
import { automation } from './automation';
import { blacklist } from './blacklist';
import { campaign } from './campaign';
import { contact } from './contact';
import { getSyncColumns } from './contact/sync/columns';
import { sendPulseAccount } from './credentialTests';
import { custom } from './custom';
import { mailingList } from './mailingList';
import * as listSearch from './methods/listSearch';
import { sender } from './sender';
import { smtpEmail } from './smtpEmail';
import { smtpUnsubscribe } from './smtpUnsubscribe';
import { tag } from './tag';
import { template } from './template';
import { verifier } from './verifier';

const resources = [
	smtpEmail,
	contact,
	campaign,
	mailingList,
	template,
	sender,
	automation,
	tag,
	blacklist,
	smtpUnsubscribe,
	verifier,
	account,
	custom,
];

export class SendPulse implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MailOps SendPulse',
		name: 'sendPulse',
		icon: { light: 'file:sendPulse.svg', dark: 'file:sendPulse.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send email through SendPulse, and keep its mailing lists',
		defaults: { name: 'SendPulse' },
		usableAsTool: {
			replacements: {
				description: 'Send one email through SendPulse, or look up and add contacts of its mailing lists',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs:
			'={{ $parameter["resource"] === "contact" && $parameter["operation"] === "sync" ? [{ "type": "main", "displayName": "Contacts" }, { "type": "main", "displayName": "Problems" }, { "type": "main", "displayName": "Summary" }] : ["main"] }}',
		credentials: [{ name: 'mailOpsSendPulseApi', required: true, testedBy: 'sendPulseAccount' }],
		properties: propertiesOf(resources),
	};

	methods = {
		credentialTest: { sendPulseAccount },
		listSearch,
		resourceMapping: { getSyncColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources, sendPulse);
	}
}
