import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { batched, done } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { addContacts } from '../api/contacts';
import { listLocator } from '../locators';
import { CHUNK, emailField, readEmail, readVariables, variableFields } from './fields';
import { LANGUAGES } from '../languages';

interface Added {
	list: string;
	/** What SendPulse needs for asking the contact first; empty when it does not ask. */
	confirmation: IDataObject;
	contact: { email: string; variables: IDataObject };
}

const optInFields: INodeProperties[] = [
	{
		displayName: 'Opt-In',
		name: 'optIn',
		type: 'options',
		options: [
			{ name: 'Single', value: 'single', description: 'The contact is active at once: you have its consent' },
			{ name: 'Double', value: 'double', description: 'SendPulse mails the contact, who has to confirm' },
		],
		default: 'single',
		description: 'Whether the contact has to confirm before emails go to it',
	},
	{
		displayName: 'Confirmation Sender',
		name: 'senderEmail',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. shop@example.com',
		displayOptions: { show: { optIn: ['double'] } },
		description: 'Who the confirmation email comes from: a sender of the account that is confirmed',
	},
	{
		displayName: 'Confirmation Language',
		name: 'language',
		type: 'options',
		options: LANGUAGES,
		default: 'en',
		displayOptions: { show: { optIn: ['double'] } },
		description: 'The language of SendPulse’s own confirmation email',
	},
];

function readConfirmation(item: ParameterReader): IDataObject {
	if (item.option('optIn') === 'single') return {};
	return {
		confirmation: 'force',
		sender_email: item.requiredText('senderEmail'),
		message_lang: item.option('language'),
	};
}

/** https://sendpulse.com/integrations/api/bulk-email: `POST /addressbooks/{id}/emails`. */
export const add = batched<Added>({
	name: 'Add',
	value: 'add',
	action: 'Add a contact to a mailing list',
	description:
		'Add contacts to a mailing list, or update those that are there: up to 100 items in one request',
	fields: [listLocator, emailField, ...variableFields, ...optInFields],
	read: (item) => ({
		list: item.resourceId('list'),
		confirmation: readConfirmation(item),
		contact: { email: readEmail(item), variables: readVariables(item) },
	}),
	chunk: {
		...CHUNK,
		by: ({ list }) => list,
		split: ({ confirmation, contact }) => ({ common: confirmation, own: contact }),
	},
	async call(chunk, client) {
		const json = chunk.json('emails');
		const { emails, confirmation } = JSON.parse(String(json)) as {
			emails: Array<{ email: string }>;
			confirmation?: string;
		};
		const answer = await addContacts(client, chunk.group, json, confirmation !== undefined);
		return emails.map(({ email }) => done({ email, list: chunk.group, ...answer }));
	},
});
