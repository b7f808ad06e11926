import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { ownOrTheirs, wasBefore, wasThere } from '../../../core/http/wasThere';
import { changing } from '../api/kept';
import { withoutNotes } from '../api/messages';
import { graphUrlOf } from '../clouds';

/** What is told of a user. */
const SELECT =
	'id,displayName,givenName,surname,userPrincipalName,mail,accountEnabled,jobTitle,department,officeLocation,mobilePhone,businessPhones,employeeId,createdDateTime';

export const userQuery = { $select: SELECT };

/** A user to make (https://learn.microsoft.com/graph/api/user-post-users). */
export interface NewUser extends IDataObject {
	userPrincipalName: string;
	displayName: string;
	mailNickname: string;
	accountEnabled: boolean;
	passwordProfile: { password: string; forceChangePasswordNextSignIn: boolean };
}

/** @param user the ID or the main address */
export const userPath = (user: string): string => path`/users/${user}`;

export const readUser = async (user: string, client: Client): Promise<IDataObject> =>
	withoutNotes(await client.get(userPath(user), userQuery));

const findUser = async (user: string, client: Client): Promise<IDataObject | undefined> =>
	await client.found(readUser(user, client));

/** Users are in no mailbox. */
const NO_MAILBOX = '';
const changingThem = changing('users');

/**
 * Makes a user. One whose answer got lost is looked for by the address before it is made again.
 *
 * @param onFound called when the user was found after the answer got lost: whoever made it, its password is not certain
 */
export async function createUser(body: NewUser, client: Client, onFound?: () => void): Promise<IDataObject> {
	const { passwordProfile: _password, ...asked } = body;
	const requested = Date.now();
	const made = {
		service: 'Outlook',
		what: `the user ${asked.userPrincipalName}`,
		field: 'User Principal Name',
	};
	const user = await changingThem(
		NO_MAILBOX,
		client,
		async () =>
			await client.send({
				method: 'POST',
				path: '/users',
				body,
				idempotent: false,
				answer: ['id'],
				async reconcile() {
					const there = await findUser(asked.userPrincipalName, client);
					if (there === undefined) return undefined;
					if (wasBefore(there.createdDateTime, requested)) return wasThere(made);
					onFound?.();
					return ownOrTheirs(there, asked, made);
				},
				manualCheck: 'Look in the Microsoft Entra admin center whether the user is there.',
			}),
	);
	return withoutNotes(user);
}

/** The same change twice is the same user. Graph answers with nothing. */
export async function patchUser(user: string, body: IDataObject, client: Client): Promise<void> {
	await changingThem(
		NO_MAILBOX,
		client,
		async () =>
			await client.send({
				method: 'PATCH',
				path: userPath(user),
				body,
				idempotent: true,
				answer: 'anything',
			}),
	);
}

/** @param manager the ID of the manager (https://learn.microsoft.com/graph/api/user-post-manager); undefined for none (user-delete-manager) */
export async function setManager(user: string, manager: string | undefined, client: Client): Promise<void> {
	const reference = `${userPath(user)}/manager/$ref`;
	if (manager === undefined) {
		await client
			.send({ method: 'DELETE', path: reference, idempotent: true, answer: 'anything' })
			.catch((error: unknown) => {
				// Who has none needs none taken away: a try whose answer got lost did it.
				if (!client.isGone(error)) throw error;
			});
		return;
	}
	const address = `${graphUrlOf(client.credential)}${userPath(manager)}`;
	await client.send({
		method: 'PUT',
		path: reference,
		body: { '@odata.id': address },
		idempotent: true,
		answer: 'anything',
	});
}

/** What is gone after a try whose answer got lost was deleted by that try. */
export async function deleteUser(user: string, client: Client): Promise<void> {
	await changingThem(
		NO_MAILBOX,
		client,
		async () => await client.delete(userPath(user), { answer: 'anything' }),
	);
}
