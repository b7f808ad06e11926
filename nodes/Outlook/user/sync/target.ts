import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../../core/errors';
import type { Client } from '../../../../core/http/client';
import { generatePassword } from '../../../../core/password';
import type { Changes, Created, Fields, SyncTarget, Value } from '../../../../core/sync';
import { createUser, deleteUser, patchUser } from '../write';

/** Carries a plan out on the users of the organization: up to twenty of its writes travel in one request. */
export class UsersTarget implements SyncTarget {
	constructor(
		private readonly client: Client,
		private readonly forceChange: boolean,
	) {}

	async create({ initialPassword, ...fields }: Fields): Promise<Created> {
		const given = typeof initialPassword === 'string' && initialPassword !== '' ? initialPassword : undefined;
		const password = given ?? generatePassword();
		const address = String(fields.userPrincipalName);
		let isFound = false;
		const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
		const user = await inWords(
			async () =>
				await createUser(
					{
						...written(filled),
						userPrincipalName: address,
						displayName: String(fields.displayName),
						mailNickname: nicknameOf(address),
						accountEnabled: true,
						passwordProfile: { password, forceChangePasswordNextSignIn: this.forceChange },
					},
					this.client,
					() => (isFound = true),
				),
		);
		const createdAt = new Date(String(user.createdDateTime ?? ''));
		const made = {
			id: String(user.id),
			...(Number.isNaN(createdAt.getTime()) ? {} : { createdAt }),
		};
		// Two runs side by side make the same user with two passwords: of one that was only found, nobody knows which.
		if (isFound) return { ...made, firstPassword: 'not known' };
		return { ...made, ...(given === undefined ? { initialPassword: password } : {}) };
	}

	async update(id: string, changes: Changes): Promise<void> {
		await this.patch(id, valuesOf(changes));
	}

	async enable(id: string, changes: Changes): Promise<void> {
		await this.patch(id, { accountEnabled: true, ...valuesOf(changes) });
	}

	async disable(id: string): Promise<void> {
		await this.patch(id, { accountEnabled: false });
	}

	async delete(id: string): Promise<void> {
		await inWords(async () => await deleteUser(id, this.client));
	}

	private async patch(id: string, body: IDataObject): Promise<void> {
		await inWords(async () => await patchUser(id, body, this.client));
	}
}

/** A mail alias has fewer letters than an address may have (https://learn.microsoft.com/graph/api/resources/user, mailNickname). */
const nicknameOf = (address: string): string =>
	(address.split('@')[0] ?? '').replace(/[^\w.!#$%&'*+/=?^`{|}~-]/g, '').slice(0, 64);

const valuesOf = (changes: Changes): IDataObject =>
	written(Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to])));

/** Values as Graph takes them: what is cleared is null, and there may be several business phones. */
function written({ businessPhone, ...fields }: Record<string, Value | undefined>): IDataObject {
	const body: IDataObject = {};
	for (const [field, value] of Object.entries(fields)) if (value !== undefined) body[field] = value || null;
	if (businessPhone !== undefined) body.businessPhones = businessPhone === '' ? [] : [businessPhone];
	return body;
}

/** A problem of the sync is a message and a remedy: Graph's own words, which name the field, go into the message. */
async function inWords<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof ServiceError) || error.facts.status !== 400 || error.facts.said === undefined)
			throw error;
		throw error.with({
			message: `${error.message}: ${error.facts.said}`,
			remedy: 'Correct it in the source; the next run tries again.',
		});
	}
}
