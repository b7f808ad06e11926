import type { Change, Control } from 'ldapts';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { isIP, type LookupFunction } from 'node:net';
import { Attempts, type Repeatable } from '../../core/connection/attempts';
import type { Connection, RequestStats } from '../../core/connection/connection';
import { invalidInput, type ServiceError } from '../../core/errors';
import type { ServiceContext } from '../../core/http/definition';
import { limiterFor, type RateLimiter } from '../../core/http/limiter';
import { redact } from '../../core/http/redact';
import type { Service } from '../../core/http/service';
import { SERVICE } from './errors/network';
import { readRefusal, type SignInRefused } from './errors/signIn';
import { present } from './filter/filter';
import { addressOf, readSettings, type DirectorySettings } from './settings';
import { binaryNames, type Entry } from './values/decode';
import { Schema } from './values/schema';
import { attributesOf, type Values } from './wire/changes';
import { asServiceError, failedAttempt, notConnected, resultCodeOf, wordsOf } from './wire/faults';
import { known, type Known } from './wire/known';
import { Pool } from './wire/pool';
import { complete, inRanges } from './wire/ranges';
import { listOf, readServerInfo, ROOT_DSE_ATTRIBUTES, type ServerInfo } from './wire/serverInfo';
import type { OpenOptions, SearchSpec, Session } from './wire/session';
import { streamed } from './wire/stream';

export const CREDENTIAL = 'mailOpsActiveDirectoryApi';

/** Requests of all runs of this n8n that one account has under way at a directory. */
const IN_FLIGHT = 32;
/** Items worked on side by side. A directory answers in a millisecond: more only wait there instead of here. */
const SIDE_BY_SIDE = 8;
const PAGE = 1_000;
/** Values that Active Directory gives at a time. */
const RANGE = 1_500;
const INVALID_CREDENTIALS = 49;

/** What is asked for; how values are written is looked up. */
export interface Query extends Omit<SearchSpec, 'binary'> {
	/** Entries that are wanted at most. */
	limit?: number;
	/** Entries of one answer; 1,000 is the most that Active Directory gives. */
	pageSize?: number;
}

type How<T> = Partial<Pick<Repeatable<T>, 'idempotent' | 'reconcile' | 'manualCheck'>>;

/** A directory, for one run: signed in when first needed, the same server throughout, all connections closed at the end. */
export class Directory implements Connection {
	readonly concurrency = SIDE_BY_SIDE;
	private readonly attempts: Attempts;
	private readonly pool: Pool;
	private readonly limiter: RateLimiter;
	private readonly known: Known;

	constructor(
		readonly settings: DirectorySettings,
		readonly options: OpenOptions = {},
	) {
		this.attempts = new Attempts(SERVICE, options.signal);
		this.pool = new Pool(settings, options);
		this.limiter = limiterFor(this.account, { concurrency: IN_FLIGHT });
		this.known = known(this.account);
	}

	static async open(context: ServiceContext): Promise<Directory> {
		const data = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
		const signal =
			'getExecutionCancelSignal' in context
				? (context as IExecuteFunctions).getExecutionCancelSignal()
				: undefined;
		const settings = readSettings(data);
		const lookup = allowedLookup(context, settings);
		return new Directory(settings, {
			...(signal === undefined ? {} : { signal }),
			...(lookup === undefined ? {} : { lookup }),
		});
	}

	get account(): string {
		const { servers, account, security, baseDn } = this.settings;
		return ['Directory', security, servers.map(addressOf).join(' '), account, baseDn].join(' ').toLowerCase();
	}

	get stats(): RequestStats {
		return this.attempts.stats;
	}

	/** The server of this run, once something was asked. */
	get server(): string | undefined {
		return this.pool.server === undefined ? undefined : addressOf(this.pool.server);
	}

	/** What the server says of itself. Kept for some minutes, for all runs. */
	async info(): Promise<ServerInfo> {
		return (this.known.info ??= await this.rootDse());
	}

	/** The same, asked anew. */
	async rootDse(): Promise<ServerInfo> {
		const [entry] = await this.ask(
			{ base: '', scope: 'base', filter: present('objectClass'), attributes: ROOT_DSE_ATTRIBUTES },
			[],
		);
		return readServerInfo(entry ?? { dn: '' });
	}

	async isActiveDirectory(): Promise<boolean> {
		return (await this.info()).kind === 'activeDirectory';
	}

	/** Where to begin when nobody says where: as the credential says, or else the server. */
	async base(): Promise<string> {
		return this.settings.baseDn || (await this.info()).baseDn;
	}

	/** How the directory writes its values. Read once for some minutes; a directory that does not show it is guessed. */
	async schema(): Promise<Schema> {
		this.known.schema ??= this.readSchema();
		return await this.known.schema.catch(() => {
			delete this.known.schema;
			return Schema.unknown;
		});
	}

	/** Entries, page by page in constant memory, values of long lists complete. @throws {ServiceError} rather than give a part */
	async *search({ limit = Infinity, pageSize = PAGE, ...query }: Query): AsyncGenerator<Entry> {
		if (limit < 1) return;
		const spec = { ...query, binary: binaryNames(await this.schema(), query.attributes) };
		let left = limit;
		for await (const entries of this.pages(spec, Math.min(pageSize, limit), limit))
			for (const entry of entries) {
				if (left-- <= 0) return;
				yield await complete(entry, async (attribute) => await this.one(entry.dn, [attribute], spec.binary));
			}
	}

	/** A few entries in one answer. @param most as many as matter: that there are more is not told */
	async find(query: Omit<SearchSpec, 'binary'>, most = 2): Promise<Entry[]> {
		return await this.ask(query, binaryNames(await this.schema(), query.attributes), most);
	}

	/** One entry, or undefined when there is none at that DN. Values of long lists are complete. */
	async read(dn: string, attributes: string[], controls: Control[] = []): Promise<Entry | undefined> {
		const binary = binaryNames(await this.schema(), attributes);
		const entry = await this.one(dn, attributes, binary, controls);
		return entry === undefined
			? undefined
			: await complete(entry, async (attribute) => await this.one(dn, [attribute], binary, controls));
	}

	/** All values of one attribute of an entry, 1,500 at a time: a group of 100,000 is never in one answer. */
	async *values(dn: string, attribute: string): AsyncGenerator<Array<string | Buffer>> {
		const ask = async (name: string) => await this.one(dn, [name], []);
		if (await this.isActiveDirectory()) yield* inRanges(attribute, RANGE, ask);
		else yield [(await ask(attribute))?.[attribute] ?? []].flat() as Array<string | Buffer>;
	}

	async add(dn: string, attributes: Record<string, Values>, how: How<void> = {}): Promise<void> {
		await this.do({ idempotent: false, ...how }, async ({ client }) => {
			await client.add(dn, attributesOf(attributes));
		});
	}

	async modify(dn: string, changes: Change[], how: How<void> = {}, controls: Control[] = []): Promise<void> {
		await this.do({ idempotent: false, ...how }, async ({ client }) => {
			await client.modify(dn, changes, controls);
		});
	}

	/** @param newDn whose special characters are written as hexadecimal pairs (see `rdn`) */
	async rename(dn: string, newDn: string, how: How<void> = {}): Promise<void> {
		await this.do({ idempotent: false, ...how }, async ({ client }) => {
			await client.modifyDN(dn, newDn);
		});
	}

	/** What is gone after a try whose answer got lost was deleted by that try. */
	async delete(dn: string, controls: Control[] = []): Promise<void> {
		let tries = 0;
		await this.do({ idempotent: true }, async ({ client }) => {
			tries++;
			await client.del(dn, controls).catch((error: unknown) => {
				if (tries === 1 || resultCodeOf(error) !== 32) throw error;
			});
		});
	}

	async compare(dn: string, attribute: string, value: string): Promise<boolean> {
		return await this.do({}, async ({ client }) => await client.compare(dn, attribute, value));
	}

	/**
	 * Whether a password is right, by a sign-in on a connection of its own. Tried once and never repeated: each try with a
	 * wrong password counts towards a lock-out. Undefined when it is right.
	 */
	async signIn(account: string, password: string): Promise<SignInRefused | undefined> {
		return await this.limiter.run(async () => {
			const session = await this.pool.unsigned();
			this.stats.requests++;
			try {
				await session.bind(account, password);
				return undefined;
			} catch (error) {
				if (resultCodeOf(error) === INVALID_CREDENTIALS) return readRefusal(wordsOf(error));
				throw asServiceError(error, session);
			} finally {
				await session.close();
			}
		}, this.attempts.turn);
	}

	/** Takes the credential's secrets out of an error's words. */
	redact(error: ServiceError): ServiceError {
		const { message, remedy, said } = error.facts;
		const secrets = { password: this.settings.password, passphrase: this.settings.tls.passphrase };
		const words = Object.entries({ message, remedy, said }).flatMap(([key, text]) => {
			const clean = text === undefined ? undefined : redact(text, secrets);
			return clean === text ? [] : [[key, clean] as const];
		});
		return words.length === 0 ? error : error.with(Object.fromEntries(words));
	}

	async close(): Promise<void> {
		await this.pool.close();
	}

	private async one(
		dn: string,
		attributes: string[],
		binary: string[],
		controls: Control[] = [],
	): Promise<Entry | undefined> {
		const filter = present('objectClass');
		try {
			const spec = { base: dn, scope: 'base' as const, filter, attributes, controls };
			return (await this.ask(spec, binary))[0];
		} catch (error) {
			if ((error as ServiceError).facts?.code === '32') return undefined;
			throw error;
		}
	}

	private async ask(query: Omit<SearchSpec, 'binary'>, binary: string[], most?: number): Promise<Entry[]> {
		return await this.do({}, async (session) => await session.search({ ...query, binary }, most));
	}

	private async readSchema(): Promise<Schema> {
		const { schemaDn } = await this.info();
		if (schemaDn === '') return Schema.unknown;
		const entry = await this.one(schemaDn, ['attributeTypes'], []);
		const whole =
			entry && (await complete(entry, async (attribute) => await this.one(schemaDn, [attribute], [])));
		return Schema.of(listOf(whole?.attributeTypes));
	}

	private pages(spec: SearchSpec, size: number, limit: number): AsyncGenerator<Entry[]> {
		return streamed<Session>({
			limit,
			begin: async () =>
				await this.do(
					{},
					async (session) => {
						try {
							return { session, page: await session.page(spec, size) };
						} catch (error) {
							this.pool.release(dropped(session));
							throw error;
						}
					},
					async () => await this.pool.lease(),
				),
			next: async (session, cookie) => {
				this.stats.requests++;
				try {
					return await session.page(spec, size, cookie);
				} catch (error) {
					throw asServiceError(error, session);
				}
			},
			end: async (session, left) => {
				if (left !== undefined) await session.page(spec, 0, left).catch(() => session.drop());
				this.pool.release(session);
			},
			drop: (session) => this.pool.release(dropped(session)),
		});
	}

	/** One request in its turn, repeated where that does no harm. */
	private async do<T>(
		how: How<T>,
		work: (session: Session) => Promise<T>,
		connect: () => Promise<Session> = async () => await this.pool.shared(),
	): Promise<T> {
		return await this.attempts.run<T>(
			{
				idempotent: true,
				rateLimited: (ms) => void this.limiter.rateLimited(ms),
				succeeded: () => this.limiter.succeeded(),
				...how,
			},
			async (sent) =>
				await this.limiter.run(async () => {
					let session: Session;
					try {
						session = await connect();
					} catch (error) {
						return notConnected<T>(error);
					}
					sent();
					this.stats.requests++;
					try {
						return { value: await work(session) };
					} catch (error) {
						return failedAttempt<T>(error, session);
					}
				}, this.attempts.turn),
		);
	}
}

function dropped(session: Session): Session {
	session.drop();
	return session;
}

/** Names are looked up, and addresses allowed, by n8n's own rules where it has some. @throws {ServiceError} for a forbidden address */
function allowedLookup(context: ServiceContext, { servers }: DirectorySettings): LookupFunction | undefined {
	const { getSecureEgressFilter } = context.helpers as Partial<typeof context.helpers>;
	if (getSecureEgressFilter === undefined) return undefined;
	const filter = getSecureEgressFilter();
	for (const { host } of servers) {
		const allowed = isIP(host) === 0 ? undefined : filter.validateConnectionHost(host);
		if (allowed?.ok === false)
			throw invalidInput(
				'Servers',
				`This n8n does not allow connections to ${host}`,
				'Whoever runs n8n can allow it in its settings against requests to internal addresses.',
			);
	}
	return filter.createSecureLookup();
}

export const directory: Service<Directory> = {
	open: async (context) => await Directory.open(context),
};
