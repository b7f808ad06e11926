import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { batched, done, perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { deleteContacts, unsubscribeContacts } from '../api/contacts';
import { pages } from '../connection';
import { listLocator } from '../locators';
import { CHUNK, emailField, readEmail } from './fields';

interface InList {
	list: string;
	email: string;
}

const read = (item: ParameterReader): InList => ({ list: item.resourceId('list'), email: readEmail(item) });
const chunk = {
	...CHUNK,
	by: ({ list }: InList) => list,
	split: ({ email }: InList) => ({ common: {}, own: email }),
};
const emailsIn = (json: Buffer) => (JSON.parse(String(json)) as { emails: string[] }).emails;

export const unsubscribe = batched<InList>({
	name: 'Unsubscribe',
	value: 'unsubscribe',
	action: 'Unsubscribe a contact from a mailing list',
	description: 'Keep contacts in the list without emails to them, up to 100 in one request',
	fields: [listLocator, emailField],
	read,
	chunk,
	async call(contacts, client) {
		const json = contacts.json('emails');
		const answer = await unsubscribeContacts(client, contacts.group, json);
		return emailsIn(json).map((email) => done({ email, list: contacts.group, ...answer }));
	},
});

export const remove = batched<InList>({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a contact from a mailing list',
	description: 'Take contacts out of a mailing list, up to 100 in one request',
	fields: [listLocator, emailField],
	asTool: false,
	read,
	chunk,
	async call(contacts, client) {
		const json = contacts.json('emails');
		await deleteContacts(client, contacts.group, json);
		return emailsIn(json).map((email) => done({ email, list: contacts.group, deleted: true }));
	},
});

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many contacts',
	description: 'Get the contacts of a mailing list with their variables',
	fields: [listLocator, ...limitFields],
	read: (item) => ({ list: item.resourceId('list'), limit: item.limit() }),
	call: ({ list, limit }, client) => client.pages(path`/addressbooks/${list}/emails`, pages, {}, limit),
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a contact',
	description: 'Get one contact of a mailing list with its variables',
	fields: [listLocator, emailField],
	read,
	call: async ({ list, email }, client) => await client.get(path`/addressbooks/${list}/emails/${email}`),
});
