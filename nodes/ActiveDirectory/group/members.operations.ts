import type { INodeProperties } from 'n8n-workflow';
import { toServiceError, type ServiceError } from '../../../core/errors';
import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { equal } from '../filter/filter';
import { findUser, userLocator } from '../user/user';
import { change } from '../wire/changes';
import { listOf } from '../wire/serverInfo';
import { findGroup, groupLocator, memberAttribute } from './group';

const fields: INodeProperties[] = [
	groupLocator,
	{ ...userLocator, description: 'The person who is put in, or taken out' },
];

export const addMember = perItem({
	name: 'Add Member',
	value: 'addMember',
	action: 'Add a member to a group',
	description: 'Put somebody into a group; who is in it already stays',
	fields,
	read: (item) => ({ group: item.requiredText('group'), user: item.resourceId('user') }),
	call: async ({ group, user }, directory: Directory) => await put(directory, group, user, 'add'),
});

export const removeMember = perItem({
	name: 'Remove Member',
	value: 'removeMember',
	action: 'Remove a member from a group',
	description: 'Take somebody out of a group; who is not in it does no harm',
	fields,
	read: (item) => ({ group: item.requiredText('group'), user: item.resourceId('user') }),
	call: async ({ group, user }, directory: Directory) => await put(directory, group, user, 'delete'),
});

async function put(directory: Directory, group: string, user: string, way: 'add' | 'delete') {
	const [found, person] = await Promise.all([
		findGroup(directory, group, ['objectClass']),
		findUser(directory, user, ['cn', 'uid']),
	]);
	const attribute = memberAttribute(found);
	const value = attribute === 'memberUid' ? (listOf(person.uid)[0] ?? '') : person.dn;
	let isChanged = true;
	await directory
		.modify(found.dn, [change(way, attribute, [value])], { idempotent: true })
		.catch(async (error: unknown) => {
			// Directories have different codes for "is in it already"; what stands there decides.
			const fault = toServiceError(error);
			const query = {
				base: found.dn,
				scope: 'base' as const,
				filter: equal(attribute, value),
				attributes: ['cn'],
			};
			const isMember = (await directory.find(query, 1)).length > 0;
			if (fault.outcome !== 'refused' || isMember !== (way === 'add')) throw inWords(fault, way);
			isChanged = false;
		});
	return { group: found.dn, member: value, isMember: way === 'add', changed: isChanged };
}

/** A groupOfNames must have a member (RFC 4519, 3.5). */
const inWords = (fault: ServiceError, way: 'add' | 'delete'): ServiceError =>
	way === 'delete' && fault.facts.code === '65'
		? fault.with({
				message: 'Nobody else is in the group, and a group of this kind cannot be empty',
				remedy: 'Delete the group, or put somebody else into it first.',
			})
		: fault;
