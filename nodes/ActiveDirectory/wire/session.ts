import type { Client, Control } from 'ldapts';
import type { EventEmitter } from 'node:events';
import type { connect, LookupFunction, Socket } from 'node:net';
import type { DirectorySettings, Target } from '../settings';
import type { Entry } from '../values/decode';
import type { Filter } from '../filter/filter';
import { toWire } from '../filter/toWire';
import { ldapts } from './ldapts';
import { pagedControl } from './controls';
import { reach, secure } from './socket';
import { startTls } from './startTls';

/** Longer than a directory's own limit for a search (120 seconds). */
const ANSWER_MS = 150_000;

export interface SearchSpec {
	base: string;
	scope: 'base' | 'one' | 'sub';
	filter: Filter;
	/** What is asked for. */
	attributes: string[];
	/** Which of them are bytes. */
	binary: string[];
	controls?: Control[];
}

export interface Page {
	entries: Entry[];
	/** Where the next page begins; undefined when there is none. */
	cookie: Buffer | undefined;
}

export interface OpenOptions {
	lookup?: LookupFunction;
	signal?: AbortSignal;
	/** For the connection to be there. */
	timeoutMs?: number;
	/** Which of the addresses that the server's name stands for. */
	address?: string;
}

/** One connection to one server. It is never made anew by itself: a new one would not be signed in. */
export class Session {
	private last: { controls?: Control[] } = {};

	private constructor(
		private readonly socket: Socket,
		readonly client: Client,
		readonly target: Target,
	) {
		// The library keeps the answer's controls to itself. Its parser tells of every message that comes in.
		const { messageParser } = client as unknown as { messageParser: EventEmitter };
		messageParser.on('message', (message: { controls?: Control[] }) => {
			if (message.controls !== undefined) this.last = message;
		});
	}

	/** Connected and encrypted as the settings say, not signed in. @throws {ServiceError} */
	static async open(
		target: Target,
		{ security, tls }: DirectorySettings,
		options: OpenOptions = {},
	): Promise<Session> {
		let socket = await reach(target, options);
		if (security === 'startTls') await startTls(socket, target);
		if (security !== 'plain') socket = await secure(socket, target, tls, options);
		return Session.over(socket, target);
	}

	/** @param socket that is connected already */
	static over(socket: Socket, target: Target): Session {
		let given: Socket | undefined = socket;
		const once = () => {
			if (given === undefined) throw new Error('Connection is closed');
			const here = given;
			given = undefined;
			return here;
		};
		const client = new (ldapts().Client)({
			url: 'ldap://directory',
			timeout: ANSWER_MS,
			createConnection: once as unknown as typeof connect,
		});
		return new Session(socket, client, target);
	}

	/** The address that it is connected to. */
	get address(): string | undefined {
		return this.socket.remoteAddress;
	}

	get isOpen(): boolean {
		return !this.socket.destroyed && this.socket.readyState === 'open';
	}

	/** @throws the library's error, with the result code */
	async bind(account: string, password: string): Promise<void> {
		// RFC 4513, 5.1.2: with an empty password a directory lets anybody in, as nobody.
		if (account === '' || password === '') throw new Error('A sign-in needs a name and a password');
		await this.client.bind(account, password);
	}

	/** All that is found in one answer. @param most for a look whose other results do not matter */
	async search(spec: SearchSpec, most?: number): Promise<Entry[]> {
		const { searchEntries } = await this.client.search(
			spec.base,
			{ ...wireOptions(spec), ...(most === undefined ? {} : { sizeLimit: most }) },
			[...(spec.controls ?? [])],
		);
		return searchEntries as Entry[];
	}

	/** One page. While it is under way nothing else may be asked on this connection. */
	async page(spec: SearchSpec, size: number, cookie: Buffer = Buffer.alloc(0)): Promise<Page> {
		const { PagedResultsControl } = ldapts();
		this.last = {};
		const entries = await this.search({
			...spec,
			controls: [pagedControl(size, cookie), ...(spec.controls ?? [])],
		});
		const paged = this.last.controls?.find((control) => control instanceof PagedResultsControl);
		const next = paged?.value?.cookie;
		return { entries, cookie: next !== undefined && next.length > 0 ? next : undefined };
	}

	async close(): Promise<void> {
		await this.client.unbind().catch(() => undefined);
		this.socket.destroy();
	}

	/** At once, without a good-bye. */
	drop(): void {
		this.socket.destroy();
	}
}

const wireOptions = ({ scope, filter, attributes, binary }: SearchSpec) => ({
	scope,
	filter: toWire(filter),
	attributes,
	explicitBufferAttributes: binary,
	// The library's own default would be 10 seconds; the server has limits of its own.
	timeLimit: 0,
});
