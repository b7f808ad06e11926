import type { IDataObject } from 'n8n-workflow';
import { breathe } from '../../../../core/breathe';
import type { Client } from '../../../../core/http/client';
import type { Current, Fields } from '../../../../core/sync';
import { pagesOf } from '../../connection';
import { COLUMNS } from './columns';

/** Read beside what is mapped: what decides about scope and state. */
const ALWAYS = [
	'id',
	'userPrincipalName',
	'displayName',
	'mail',
	'employeeId',
	'accountEnabled',
	'userType',
	'onPremisesSyncEnabled',
	'createdDateTime',
];
const userPages = pagesOf(999);
/** No fields of the user itself. */
const NO_FIELD = new Set(['initialPassword', 'managerEmail']);

/** Which users a sync looks after. */
export interface Scope {
	domain?: string;
	/** Users that have this field belong to the sync when nothing else limits it. */
	key: string;
}

/** Every user, 999 in a request. A list that breaks off is an error, so these are all. */
export async function readUsers(
	client: Client,
	mapped: ReadonlySet<string>,
	scope: Scope,
): Promise<{ records: Current[]; complete: boolean }> {
	const names = [...mapped].flatMap((id) => (NO_FIELD.has(id) ? [] : [graphName(id)]));
	const query = {
		$select: [...new Set([...ALWAYS, ...names])].join(','),
		...(mapped.has('managerEmail') ? { $expand: 'manager($select=id,userPrincipalName)' } : {}),
	};
	const byId = new Map<string, Current>();
	for await (const user of client.pages('/users', userPages, query)) {
		const pause = breathe();
		if (pause) await pause;
		byId.set(String(user.id), toCurrent(user, scope));
	}
	return { records: [...byId.values()], complete: true };
}

const graphName = (id: string): string => (id === 'businessPhone' ? 'businessPhones' : id);

/** A user as the sync sees it. */
function toCurrent(user: IDataObject, { domain, key }: Scope): Current {
	const address = String(user.userPrincipalName);
	const isMember = (user.userType ?? 'Member') === 'Member';
	const inside = isMember && (domain === undefined || address.toLowerCase().endsWith(`@${domain}`));
	const createdAt = new Date(String(user.createdDateTime ?? ''));
	const has = typeof user[key] === 'string' && user[key] !== '';
	return {
		id: String(user.id),
		label: address,
		names: [address, ...(typeof user.mail === 'string' ? [user.mail] : [])],
		fields: fieldsOf(user),
		active: user.accountEnabled !== false,
		...(Number.isNaN(createdAt.getTime()) ? {} : { createdAt }),
		adoptable: inside,
		// By address alone, everybody in the organization would be its: then only a stated domain makes leavers.
		owned: inside && (key === 'userPrincipalName' ? domain !== undefined : has),
		// https://learn.microsoft.com/graph/api/resources/user, onPremisesSyncEnabled
		...(user.onPremisesSyncEnabled === true
			? { protectedBy: 'is kept by your own Active Directory, and changed there' }
			: {}),
	};
}

function valueOf(user: IDataObject, id: string): unknown {
	if (id === 'businessPhone') return (user.businessPhones as string[] | undefined)?.[0];
	if (id === 'managerEmail') return (user.manager as IDataObject | undefined)?.userPrincipalName;
	return user[graphName(id)];
}

function fieldsOf(user: IDataObject): Fields {
	const fields: Fields = {};
	for (const { id, createOnly } of COLUMNS) {
		const value = valueOf(user, id);
		if (!createOnly) fields[id] = typeof value === 'string' ? value : '';
	}
	return fields;
}
