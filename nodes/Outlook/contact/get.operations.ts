import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { withoutNotes } from '../api/messages';
import { listRecords } from '../api/records';
import { asQuery, fieldsField, outputField, readSelect } from '../chosenFields';
import { contactFolderLocator } from '../locators';
import { mailboxField, readMailbox, rootOf } from '../mailbox';
import { quoted } from '../message/filters';
import { optionalId } from '../message/getAll.operation';
import { CONTACT_LABELS } from './labels';
import { contactField, onePath, readOne } from './one';

/** The fields that say how much is told of a contact. */
const toldFields: INodeProperties[] = [outputField, fieldsField(CONTACT_LABELS)];

export const listPath = (mailbox: string, folder: string, client: Client): string =>
	`${rootOf(mailbox, client)}${folder === '' ? '' : path`/contactFolders/${folder}`}/contacts`;

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many contacts',
	description: 'Get contacts, all or those with an address',
	fields: [
		mailboxField,
		contactFolderLocator,
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. ana@example.com',
			description: 'Only contacts with this address',
		},
		...limitFields,
		...toldFields,
	],
	read: (item) => ({
		mailbox: readMailbox(item),
		folder: optionalId(item, 'contactFolder'),
		email: item.text('email'),
		select: readSelect(item),
		limit: item.limit(),
	}),
	call: ({ mailbox, folder, email, select, limit }, client) =>
		listRecords(listPath(mailbox, folder, client), client, limit, {
			...asQuery(select),
			...(email === '' ? {} : { $filter: `emailAddresses/any(a:a/address eq ${quoted(email)})` }),
		}),
});

export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get a contact',
	description: 'Get one contact',
	fields: [mailboxField, contactField, ...toldFields],
	read: (item) => ({ ...readOne(item), select: readSelect(item) }),
	call: async ({ select, ...one }, client) =>
		withoutNotes(await client.get(onePath(one, client), asQuery(select))),
});
