import { randomUUID } from 'node:crypto';
import { badRequest, GraphError } from './errors';
import { type Listener, Mailbox } from './mailbox';
import type { Props } from './records';

export interface User {
	id: string;
	props: Props;
	/** The ID of another one. */
	manager?: string;
	seq: number;
}

const SAMPLES: Array<[upn: string, name: string]> = [
	['anna@contoso.example', 'Anna Weber'],
	['ben@contoso.example', 'Ben Ruiz'],
	['support@contoso.example', 'Support'],
];

/** The users of the tenant and their mailboxes. */
export class Directory {
	readonly users = new Map<string, User>();
	readonly gone: Array<{ id: string; seq: number }> = [];
	/** Users whose manager was set or taken away, in order. */
	readonly managed: string[] = [];
	private readonly mailboxes = new Map<string, Mailbox>();
	/** Mailboxes that a user may open beside the own one: address → who may. */
	readonly shared = new Map<string, Set<string>>();
	private seq = 0;

	constructor(
		private readonly now: () => Date,
		private readonly onChange: Listener = () => {},
	) {
		this.reset();
	}

	reset(): void {
		for (const kept of [this.users, this.mailboxes, this.shared]) kept.clear();
		this.gone.length = this.managed.length = 0;
		this.seq = 0;
		SAMPLES.forEach(([userPrincipalName, displayName], at) =>
			this.put(`0a1b2c3d-0000-4000-8000-00000000000${at + 1}`, {
				displayName,
				userPrincipalName,
				mail: userPrincipalName,
				mailNickname: userPrincipalName.split('@')[0],
				accountEnabled: true,
			}),
		);
		this.shared.set('support@contoso.example', new Set([this.signedIn.id]));
	}

	/** Who signs in at the sandbox. */
	get signedIn(): User {
		return this.find('anna@contoso.example')!;
	}

	get last(): number {
		return this.seq;
	}

	find(given: string): User | undefined {
		return (
			this.users.get(given) ??
			[...this.users.values()].find(
				({ props }) => String(props.userPrincipalName).toLowerCase() === given.toLowerCase(),
			)
		);
	}

	/** @throws {GraphError} 404, as for a user who is not there */
	user(given: string): User {
		const found = this.find(given);
		if (found === undefined)
			throw new GraphError(
				404,
				'Request_ResourceNotFound',
				`Resource '${given}' does not exist or one of its queried reference-property objects are not present.`,
			);
		return found;
	}

	/** The mailbox of a user or an address. @throws {GraphError} 404 */
	mailbox(given: string): Mailbox {
		const user = this.find(given);
		if (user === undefined)
			throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${given}' is invalid.`);
		const known = this.mailboxes.get(user.id);
		if (known) return known;
		const made = new Mailbox(user.id, String(user.props.userPrincipalName), this.now, this.onChange);
		this.mailboxes.set(user.id, made);
		return made;
	}

	/** All mailboxes that were looked into. */
	get opened(): Mailbox[] {
		return [...this.mailboxes.values()];
	}

	/** Who has a mailbox of this address; undefined for somebody outside. */
	local(address: string): Mailbox | undefined {
		return this.find(address) === undefined ? undefined : this.mailbox(address);
	}

	/** @throws {GraphError} 400 for what a new user needs and for an address that is taken */
	create(props: Props): User {
		for (const field of [
			'accountEnabled',
			'displayName',
			'mailNickname',
			'userPrincipalName',
			'passwordProfile',
		])
			if (props[field] === undefined || props[field] === '')
				throw badRequest(
					`A value is required for property '${field}' of resource 'User'.`,
					'Request_BadRequest',
				);
		if (this.find(String(props.userPrincipalName)))
			throw badRequest(
				'Another object with the same value for property userPrincipalName already exists.',
				'Request_BadRequest',
			);
		const { passwordProfile: _password, ...rest } = props;
		return this.put(randomUUID(), {
			mail: props.userPrincipalName,
			createdDateTime: this.now().toISOString(),
			...rest,
		});
	}

	update(user: User, { passwordProfile: _password, ...changes }: Props): void {
		Object.assign(user.props, changes);
		user.seq = this.next();
	}

	/** @throws {GraphError} 400, 404 */
	setManager(user: User, manager: User | undefined): void {
		if (manager?.id === user.id)
			throw badRequest('A user cannot be the manager of himself.', 'Request_BadRequest');
		if (manager === undefined && user.manager === undefined)
			throw new GraphError(404, 'Request_ResourceNotFound', "Resource 'manager' does not exist.");
		this.managed.push(`${manager === undefined ? 'removed' : 'set'} ${user.id}`);
		if (manager === undefined) delete user.manager;
		else user.manager = manager.id;
		user.seq = this.next();
	}

	remove(given: string): void {
		const user = this.user(given);
		this.users.delete(user.id);
		for (const other of this.users.values()) if (other.manager === user.id) delete other.manager;
		this.gone.push({ id: user.id, seq: this.next() });
	}

	/** A user without the wire. */
	put(id: string, props: Props): User {
		const user = { id, props, seq: this.next() };
		this.users.set(id, user);
		return user;
	}

	private next(): number {
		this.seq += 1;
		return this.seq;
	}
}
