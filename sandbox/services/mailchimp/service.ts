import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Service } from '../../shell/standIn';
import { Account } from './account';
import type { Audience } from './audience';
import { Batches } from './batchRuns';
import type { Campaign, Folder, QueuedEmail, Store, StoredFile, Template } from './records';
import { mountResults } from './batchFiles';
import { Hooks } from './hooks';
import { addAudience } from './lists';
import { mountOAuth } from './oauth';
import { stampOf } from './records';
import { mountApi } from './routes';
import { type MailchimpSettings, mailchimpSettings } from './settings';
import type { MailchimpState } from './state';

/** The stand-in for Mailchimp: one account with its audiences. */
export class MailchimpService implements MailchimpState, Service {
	readonly settings: MailchimpSettings = mailchimpSettings.parse({});
	readonly account = new Account(() => this.settings);
	readonly audiences = new Map<string | number, Audience>();
	readonly campaigns = new Map<string, Campaign>();
	readonly campaignFolders = new Map<string | number, Folder>();
	readonly templates = new Map<number, Template>();
	readonly templateFolders = new Map<string | number, Folder>();
	readonly queued = new Map<string, QueuedEmail>();
	readonly triggered: string[] = [];
	readonly files = new Map<number, StoredFile>();
	readonly stores = new Map<string | number, Store>();
	readonly hooks = new Hooks(
		() => this.settings,
		() => this.now(),
	);
	readonly batches: Batches = new Batches(this, async (request) => await this.injected(request));
	/** The most requests of one user that were under way at the same time, and how many were refused for it. */
	readonly connections = { peak: 0, refused: 0 };
	private readonly open = new Map<string, number>();
	private readonly tooMany = new WeakSet<IncomingMessage>();
	private readonly unknown = new Set<string>();
	private inner: FastifyInstance | undefined;
	private lastId = 0;
	private offset = 0;

	/** @param baseUrl known when the port is open */
	constructor(private readonly baseUrl: () => string) {
		this.reset();
	}

	get url(): string {
		return `${this.baseUrl()}/3.0`;
	}

	get host(): string {
		return this.baseUrl();
	}

	get apiKey(): string {
		return this.account.apiKey;
	}

	/** Fields that Mailchimp would have ignored without a word. */
	get unknownFields(): string[] {
		return [...this.unknown];
	}

	/** The audience that a fresh account has. */
	get audience(): Audience {
		return this.audiences.get('a1b2c3d4e5') as Audience;
	}

	reset(): void {
		this.account.reset();
		this.hooks.clear();
		this.batches.clear();
		this.unknown.clear();
		this.audiences.clear();
		this.campaigns.clear();
		this.campaignFolders.clear();
		this.templates.clear();
		this.templateFolders.clear();
		this.queued.clear();
		this.triggered.length = 0;
		this.files.clear();
		this.stores.clear();
		Object.assign(this.connections, { peak: 0, refused: 0 });
		this.lastId = 100;
		this.offset = 0;
		addAudience(this, { name: 'MailOps News' }, 'a1b2c3d4e5');
	}

	close(): void {
		this.hooks.clear();
		this.batches.clear();
		void this.inner?.close();
	}

	newId(): number {
		this.lastId += 1;
		return this.lastId;
	}

	now(): Date {
		return new Date(Date.now() + this.offset);
	}

	stamp(): string {
		return stampOf(this.now());
	}

	/** Moves the clock of the service: negative into the past. */
	moveMinutes(minutes: number): void {
		this.offset += minutes * 60_000;
	}

	noteUnknown(what: string): void {
		this.unknown.add(what);
	}

	mount(app: FastifyInstance): void {
		this.countConnections(app);
		mountApi(app, this, ({ raw }) => this.tooMany.has(raw));
		mountOAuth(app, this);
		mountResults(app, this);
	}

	/** From the first byte of a request to the end of its answer, before anything else looks at it. */
	private countConnections(app: FastifyInstance): void {
		app.server.prependListener('request', (request: IncomingMessage, response) => {
			if (!/^\/mailchimp\/(?:[a-z]+\d+\/)?3\.0/.test(request.url ?? '')) return;
			const user = this.account.userOf(request.headers.authorization)?.loginId ?? '';
			const count = (this.open.get(user) ?? 0) + 1;
			this.open.set(user, count);
			if (count > this.settings.connections) {
				this.tooMany.add(request);
				this.connections.refused += 1;
			} else this.connections.peak = Math.max(this.connections.peak, count);
			response.once('close', () => this.open.set(user, (this.open.get(user) ?? 1) - 1));
		});
	}

	/** Operations of a batch come no wire: they are not logged, nor do they take a connection. */
	private async injected(request: InjectOptions): Promise<{ statusCode: number; body: string }> {
		if (!this.inner) {
			this.inner = Fastify({ routerOptions: { maxParamLength: 2000 } });
			mountApi(this.inner, this);
		}
		const { statusCode, body } = await this.inner.inject(request);
		return { statusCode, body };
	}
}
