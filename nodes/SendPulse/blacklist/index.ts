import type { IDataObject } from 'n8n-workflow';
import type { Chunk } from '../../../core/batch/chunks';
import type { Client } from '../../../core/http/client';
import { limitFields } from '../../../core/node/limitFields';
import { batched, done, perItem, resource } from '../../../core/node/operation';
import { readBlacklist } from '../api/contacts';
import { DONE } from '../connection';
import { CHUNK, emailField, readEmail } from '../contact/fields';
import { inBase64 } from '../files';

interface Listed {
	email: string;
	comment: IDataObject;
}

const chunk = {
	...CHUNK,
	split: ({ email, comment }: Listed) => ({ common: comment, own: email }),
};

/** https://sendpulse.com/integrations/api/bulk-email, Blacklist: the addresses with commas between them, in base64. */
async function change(method: 'POST' | 'DELETE', addresses: Chunk, client: Client): Promise<string[]> {
	const { emails, ...more } = JSON.parse(String(addresses.json('emails'))) as { emails: string[] };
	await client.send({
		method,
		path: '/blacklist',
		body: { ...more, emails: inBase64(emails.join(',')) },
		answer: DONE,
		// An address that is there twice is there once, and one that is gone is gone.
		idempotent: true,
	});
	return emails;
}

const add = batched<Listed>({
	name: 'Add',
	value: 'add',
	action: 'Add an address to the blacklist',
	description: 'Never mail these addresses again, from any list: up to 100 items in one request',
	asTool: false,
	fields: [
		emailField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What most do without',
			options: [
				{
					displayName: 'Comment',
					name: 'comment',
					type: 'string',
					default: '',
					placeholder: 'e.g. Asked by phone',
					description: 'Why it is there; items with different comments go out in requests of their own',
				},
			],
		},
	],
	read(item) {
		const comment = item.collection('options').text('comment');
		return { email: readEmail(item), comment: comment === '' ? {} : { comment } };
	},
	chunk,
	async call(addresses, client) {
		const emails = await change('POST', addresses, client);
		return emails.map((email) => done({ email, blacklisted: true }));
	},
});

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many addresses of the blacklist',
	description: 'Get the addresses that no email goes to',
	fields: limitFields,
	read: (item) => item.limit(),
	async call(limit, client) {
		const emails = await readBlacklist(client);
		return emails.slice(0, limit).map((email) => ({ email }));
	},
});

const remove = batched<Listed>({
	name: 'Remove',
	value: 'remove',
	action: 'Remove an address from the blacklist',
	description: 'Allow emails to these addresses again: up to 100 items in one request',
	asTool: false,
	fields: [emailField],
	read: (item) => ({ email: readEmail(item), comment: {} }),
	chunk,
	async call(addresses, client) {
		const emails = await change('DELETE', addresses, client);
		return emails.map((email) => done({ email, blacklisted: false }));
	},
});

export const blacklist = resource({
	name: 'Blacklist',
	value: 'blacklist',
	description: 'Addresses of the account that no email goes to',
	operations: [add, getAll, remove],
});
