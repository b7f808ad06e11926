import Fastify, { type FastifyInstance } from 'fastify';
import type { Service } from '../../shell/standIn';
import type { Deltas } from './delta';
import { Directory } from './directory';
import { DIRECTORY, Limits } from './limits';
import { Mailbox } from './mailbox';
import { Post } from './post';
import type { Item, Props } from './records';
import { mountApi } from './routes';
import { type OutlookSettings, outlookSettings } from './settings';
import { signInRoutes } from './signIn';
import type { OutlookState } from './state';
import { Subscriptions } from './subscriptions';
import { Tokens } from './tokens';
import { Uploads } from './uploads';

/** What a user of the sandbox has agreed to, unless a test signs in for less. */
export const SCOPES = [
	'offline_access',
	'Mail.ReadWrite',
	'Mail.Send',
	'Mail.ReadWrite.Shared',
	'Mail.Send.Shared',
	'Calendars.ReadWrite',
	'Calendars.ReadWrite.Shared',
	'Contacts.ReadWrite',
	'Contacts.ReadWrite.Shared',
	'MailboxSettings.ReadWrite',
	'User.Read',
	'User.ReadWrite.All',
];

/** The stand-in for Outlook by Microsoft Graph: one tenant with its sign-in, users and mailboxes. */
export class OutlookService implements OutlookState, Service {
	readonly settings: OutlookSettings = outlookSettings.parse({});
	readonly tokens = new Tokens(() => this.settings);
	private offset = 0;
	readonly directory: Directory = new Directory(
		() => this.now(),
		(mailbox, kind, change) => this.subscriptions.tell(mailbox, kind, change),
	);
	readonly subscriptions = new Subscriptions({
		directory: this.directory,
		settings: this.settings,
		now: () => this.now(),
	});
	readonly post = new Post(
		this.directory,
		() => this.settings,
		() => this.now(),
	);
	readonly limits = new Limits(() => this.settings);
	readonly uploads = new Uploads(
		() => this.base(),
		() => this.settings,
		this.limits,
	);
	readonly ofDirectory = new Mailbox(DIRECTORY, '', () => this.now());
	deltas?: Deltas;
	private inner: FastifyInstance | undefined;

	/** @param base known when the port is open */
	constructor(private readonly base: () => string) {}

	get url(): string {
		return `${this.base()}/v1.0`;
	}

	/** Where people and apps sign in, without the tenant. */
	get loginUrl(): string {
		return `${this.base()}/login`;
	}

	/** Why requests were refused for a limit. */
	get throttled(): readonly string[] {
		return this.limits.throttled;
	}

	now(): Date {
		return new Date(Date.now() + this.offset);
	}

	/** Moves the clock of the mailboxes forward, and lets go what is due. */
	moveMinutes(minutes: number): void {
		this.offset += minutes * 60_000;
		this.post.tick();
	}

	/** The mailbox of who signs in, or of an address. */
	mailbox(address = 'anna@contoso.example'): Mailbox {
		return this.directory.mailbox(address);
	}

	/** A message that has come in, without the wire. */
	receive(subject: string, from = 'guest@elsewhere.example', more: Props = {}, address?: string): Item {
		const person = { emailAddress: { name: from.split('@')[0], address: from } };
		return this.mailbox(address).receive(
			{
				subject,
				from: person,
				sender: person,
				body: { contentType: 'html', content: `<p>${subject}</p>` },
				...more,
			},
			'inbox',
			this.now(),
		);
	}

	/** What n8n would hold after signing in. */
	signIn(permissions: string[] = SCOPES) {
		const { id, props } = this.directory.signedIn;
		return this.tokens.forUser({ id, upn: String(props.userPrincipalName) }, permissions);
	}

	reset(): void {
		this.tokens.clear();
		this.directory.reset();
		this.post.clear();
		this.uploads.clear();
		this.subscriptions.clear();
		this.limits.clear();
		this.offset = 0;
	}

	close(): void {
		this.subscriptions.clear();
		void this.inner?.close();
	}

	mount(app: FastifyInstance): void {
		mountApi(
			app,
			this,
			() => this.settings.workMs,
			() => this.ofParts(),
		);
		signInRoutes(app, this.tokens, this.directory);
		this.uploads.routes(app);
	}

	/** What answers the parts of batches. */
	private ofParts(): FastifyInstance {
		if (this.inner === undefined) {
			this.inner = Fastify({ routerOptions: { maxParamLength: 2000 } });
			const { deltas } = this;
			mountApi(this.inner, this, () => this.settings.partMs);
			if (deltas) this.deltas = deltas;
		}
		return this.inner;
	}
}
