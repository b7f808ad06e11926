import type { INodeProperties } from 'n8n-workflow';
import type { Directory } from '../connection';
import { any, equal, type Filter } from '../filter/filter';
import { findOne, type Kind } from '../find';
import { listOf, type ServerKind } from '../wire/serverInfo';
import type { Entry } from '../values/decode';

const OTHERS = ['groupOfNames', 'groupOfUniqueNames', 'posixGroup'];

export const groupFilter = (server: ServerKind): Filter =>
	server === 'activeDirectory'
		? equal('objectClass', 'group')
		: any(...OTHERS.map((name) => equal('objectClass', name)));

export const groupLocator: INodeProperties = {
	displayName: 'Group',
	name: 'group',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Sales, or a DN, GUID or SID',
	description: 'The group to work on',
};

/** The group that is meant, with these attributes. @throws {ServiceError} */
export async function findGroup(directory: Directory, text: string, attributes: string[]): Promise<Entry> {
	const { kind } = await directory.info();
	const group: Kind = {
		word: 'group',
		filter: groupFilter(kind),
		names: kind === 'activeDirectory' ? ['sAMAccountName', 'cn'] : ['cn'],
		addresses: ['mail'],
	};
	return await findOne(directory, text, group, attributes, 'Group');
}

/** The attribute that members stand in: DNs in most groups, logins in those of Unix (RFC 2307). */
export function memberAttribute(group: Entry): 'member' | 'uniqueMember' | 'memberUid' {
	const classes = listOf(group.objectClass).map((name) => name.toLowerCase());
	if (classes.includes('groupofuniquenames')) return 'uniqueMember';
	return classes.includes('posixgroup') && !classes.includes('groupofnames') ? 'memberUid' : 'member';
}
