import type { INodeProperties } from 'n8n-workflow';
import type { Directory } from '../connection';
import { present } from '../filter/filter';
import { findOne } from '../find';
import type { Entry } from '../values/decode';

export const entryField: INodeProperties = {
	displayName: 'Entry',
	name: 'entry',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. OU=Sales,DC=corp,DC=example,DC=com',
	description: 'The entry to work on: its DN, GUID or SID, or the name of a computer',
};

/** The entry that is meant, with these attributes. @throws {ServiceError} */
export async function findEntry(directory: Directory, text: string, attributes: string[]): Promise<Entry> {
	const kind = { word: 'entry', filter: present('objectClass'), names: ['cn', 'ou'], addresses: ['mail'] };
	return await findOne(directory, text, kind, attributes, 'Entry');
}
