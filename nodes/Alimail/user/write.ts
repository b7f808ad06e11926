import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { ownOrTheirs, wasBefore, wasThere } from '../../../core/http/wasThere';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { select, written } from '../assumed';
import { profileFields } from './fields';
import { USER_FIELDS, type User } from './model';

/** https://www.alibabacloud.com/help/en/alibaba-mail/latest/api-access-server-address names the path. */
export interface NewUser {
	email: string;
	name: string;
	password: string;
	departmentIds: string[];
	[field: string]: unknown;
}

export async function getUser(client: Client, idOrEmail: string): Promise<User> {
	return await client.get<User>(path`/v2/users/${idOrEmail}`, select(client, USER_FIELDS));
}

/** The account at an address or id, or undefined when there is none. */
export const findUser = async (client: Client, idOrEmail: string): Promise<User | undefined> =>
	await client.found(getUser(client, idOrEmail));

/**
 * Creates an account. One whose fate is unknown is looked for by its address before it is created again.
 *
 * @param onFound called when the account was found after its answer got lost: whoever made it, its password is not certain
 */
export async function createUser(client: Client, user: NewUser, onFound?: () => void): Promise<User> {
	const asked = Date.now();
	const made = { service: 'Alimail', what: `the account ${user.email}`, field: 'Address' };
	return await client.send<User>({
		method: 'POST',
		path: '/v2/users',
		answer: ['id'],
		body: user,
		idempotent: false,
		async reconcile() {
			const found = await findUser(client, user.email);
			if (found === undefined) return undefined;
			if (wasBefore(found.createdTime, asked)) return wasThere(made);
			const { password: _password, forceChangePasswordNextSignIn: _force, ...shown } = user;
			onFound?.();
			return ownOrTheirs(found, { employeeNo: '', ...shown }, made);
		},
		manualCheck: `Look in the Alimail admin console whether ${user.email} is there, and whose it is.`,
	});
}

/** Changes the given fields only. Setting the same values twice does no harm, so it may be repeated. */
export async function patchUser(client: Client, idOrEmail: string, changes: object): Promise<User> {
	return await client.send<User>({
		method: 'PATCH',
		path: path`/v2/users/${idOrEmail}`,
		answer: ['id'],
		body: written(client, changes),
		idempotent: true,
	});
}

/** Deletes an account. Gone already counts as deleted when an earlier try may have done it. */
export async function deleteUser(client: Client, idOrEmail: string): Promise<void> {
	await client.delete(path`/v2/users/${idOrEmail}`);
}

/** The profile fields that were added to a collection, as the API takes them. An added empty field clears it. */
export function readProfile(collection: ParameterReader): Record<string, string | boolean> {
	const profile: Record<string, string | boolean> = {};
	for (const { name, type } of profileFields) {
		const value = collection.value(name);
		if (value === undefined || value === null) continue;
		profile[name] = type === 'boolean' ? collection.boolean(name) : collection.text(name);
	}
	return profile;
}
