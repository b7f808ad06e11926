import type { INodeProperties } from 'n8n-workflow';
import type { Row } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { findOne, type Kind } from '../find';
import { Decoder, type Entry } from '../values/decode';
import type { ServerKind } from '../wire/serverInfo';
import { modelOf, userModel } from './model';

export function userKind(server: ServerKind): Kind {
	const { filter, login } = modelOf(server);
	const isActiveDirectory = server === 'activeDirectory';
	return {
		word: 'user',
		filter,
		names: [login],
		addresses: isActiveDirectory ? ['userPrincipalName', 'mail'] : ['mail', login],
	};
}

export const userLocator: INodeProperties = {
	displayName: 'User',
	name: 'user',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The person to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchUsers', searchable: true },
		},
		{
			displayName: 'By Login, Mail, DN or ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. li.wei, li.wei@example.com, or a DN, GUID or SID',
		},
	],
};

/** The user that is meant, with these attributes. @throws {ServiceError} */
export async function findUser(directory: Directory, text: string, attributes: string[]): Promise<Entry> {
	return await findOne(directory, text, userKind((await directory.info()).kind), attributes, 'User');
}

/** What an operation answers with: the user as it stands now. */
export async function userRow(directory: Directory, dn: string): Promise<Row> {
	const { usual } = await userModel(directory);
	const entry = await directory.read(dn, usual);
	return new Decoder(await directory.schema(), usual).row(entry ?? { dn });
}
