import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../../core/errors';
import type { Client } from '../../../../core/http/client';
import { generatePassword } from '../../../../core/password';
import type { Changes, Created, Current, Fields, SyncTarget, Value } from '../../../../core/sync';
import { createUser, deleteUser, patchUser, setManager } from '../write';

/** Carries a plan out on the users of the organization: up to twenty of its writes travel in one request. */
export class UsersTarget implements SyncTarget {
	constructor(
		private readonly client: Client,
		private readonly forceChange: boolean,
	) {}

	/** IDs of users by their address, in lower case; those that this run made too. */
	private readonly ids = new Map<string, string>();

	/** @param users everybody there is: managers are set by their IDs */
	knows(users: readonly Current[]): void {
		for (const { id, label } of users) this.ids.set(label.toLowerCase(), id);
	}

	async create({ initialPassword, managerEmail, ...fields }: Fields): Promise<Created> {
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
		this.ids.set(address.toLowerCase(), String(user.id));
		const made = {
			id: String(user.id),
			...(managerEmail ? await this.firstManager(String(user.id), String(managerEmail)) : {}),
			...(Number.isNaN(createdAt.getTime()) ? {} : { createdAt }),
		};
		// Two runs side by side make the same user with two passwords: of one that was only found, nobody knows which.
		if (isFound) return { ...made, firstPassword: 'not known' };
		return { ...made, ...(given === undefined ? { initialPassword: password } : {}) };
	}

	async update(id: string, changes: Changes): Promise<void> {
		await this.change(id, changes);
	}

	async enable(id: string, changes: Changes): Promise<void> {
		await this.change(id, changes, { accountEnabled: true });
	}

	async disable(id: string): Promise<void> {
		await this.patch(id, { accountEnabled: false });
	}

	async delete(id: string): Promise<void> {
		await inWords(async () => await deleteUser(id, this.client));
	}

	/** The manager is no field of the user, but a reference of its own. */
	private async change(
		id: string,
		{ managerEmail, ...changes }: Changes,
		more: IDataObject = {},
	): Promise<void> {
		const body = { ...more, ...valuesOf(changes) };
		if (Object.keys(body).length > 0) await this.patch(id, body);
		if (managerEmail !== undefined) await this.manage(id, String(managerEmail.to ?? ''));
	}

	/** The user is there, and so is the password that was made: what is wanting is told, and the next run sets it. */
	private async firstManager(id: string, address: string): Promise<IDataObject> {
		try {
			await this.manage(id, address);
			return {};
		} catch (error) {
			return { managerNotSet: `${(error as Error).message}. The next run sets it.` };
		}
	}

	private async manage(id: string, address: string): Promise<void> {
		const manager = this.ids.get(address.toLowerCase());
		if (address !== '' && manager === undefined)
			throw new ServiceError({
				message: `The manager ${address} is no user of the organization`,
				remedy: 'Correct the manager in the source.',
				field: 'Manager',
				outcome: 'notSent',
			});
		await inWords(async () => await setManager(id, manager, this.client));
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
