import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Clock } from '../../shell/clock';
import { UnreadableJson, installParsers } from '../../shell/parsers';
import type { Service } from '../../shell/standIn';
import { type App, Apps, type Module, standardApps } from './apps';
import { contactRoutes } from './contactRoutes';
import { SharedContacts } from './contacts';
import { departmentRoutes } from './departments';
import { Directory } from './directory';
import { AlimailError, bodyOf } from './errors';
import { attachmentRoutes } from './mail/attachmentRoutes';
import { folderRoutes } from './mail/folderRoutes';
import { Post } from './mail/post';
import { messageRoutes } from './mail/routes';
import { organizationRoutes } from './organization';
import { RateWindow } from './rate';
import type { Department, User } from './records';
import { type Seed, type Seeded, seed } from './seed';
import { type AlimailSettings, alimailSettings } from './settings';
import type { Tenant } from './tenant';
import { tokenRoute } from './token';
import { userRoutes } from './users';

declare module 'fastify' {
	interface FastifyContextConfig {
		/** A POST that only reads, so that a read permission is enough. */
		reads?: boolean;
	}
}

const BODY_LIMIT = 1024 * 1024;

/** The stand-in for Alimail (Alibaba enterprise mail): one tenant with its apps, accounts and departments. */
export class AlimailService implements Tenant, Service {
	readonly clock = new Clock();
	readonly apps = new Apps();
	readonly rate: RateWindow;
	/** App ID and secret of the app that may do everything. */
	readonly appId = standardApps.full.id;
	readonly appSecret = standardApps.full.secret;
	readonly settings: AlimailSettings = alimailSettings.parse({});
	directory: Directory;
	post: Post;
	contacts = new SharedContacts();

	/**
	 * @param baseUrl known when the port is open
	 * @param speed how many times faster than real the rate window runs
	 */
	constructor(
		private readonly baseUrl: () => string,
		speed = 1,
	) {
		this.rate = new RateWindow(1000 / speed);
		this.directory = this.emptyDirectory();
		this.post = new Post(this.directory, this.clock);
	}

	/** Base URL for a client. */
	get url(): string {
		return this.baseUrl();
	}

	/** All accounts in order of creation. */
	users(): User[] {
		return [...this.directory.users.values()];
	}

	/** All departments, the root first. */
	departments(): Department[] {
		return [...this.directory.departments.values()];
	}

	/** An account by id, address or alias. */
	user(idOrAddress: string): User | undefined {
		return this.directory.findUser(idOrAddress);
	}

	/** A department by its path from the first level (`R&D/Platform`), or by id. */
	department(pathOrId: string): Department | undefined {
		const { directory } = this;
		let found: Department | undefined = directory.root;
		for (const name of pathOrId.split('/')) found = found && directory.childNamed(found.id, name.trim());
		return found ?? directory.findDepartment(pathOrId);
	}

	/** The departments an account is in, as paths. */
	pathsOf(user: User): string[] {
		return user.departmentIds.map((id) => this.directory.pathOf(id).join('/'));
	}

	/** Puts records in without the wire: fast, unchecked but for references and doubles. */
	seed(records: Seed): Seeded {
		return seed(this.directory, records);
	}

	/** Back to an empty tenant with the standard apps and the real time. Old tokens stop working. */
	reset(): void {
		this.clock.reset();
		this.apps.reset();
		this.rate.clear();
		this.directory = this.emptyDirectory();
		this.post = new Post(this.directory, this.clock);
		this.contacts = new SharedContacts();
	}

	/** The routes below the service's prefix. */
	mount(app: FastifyInstance): void {
		installParsers(app, BODY_LIMIT);
		app.addHook('onRequest', async (request, reply) => {
			const path = request.passage.path;
			if (!path.startsWith('/v2/')) return;
			const wait = this.rate.arrive(this.settings.requestsPerSecond);
			const caller = this.apps.holder(request.headers.authorization);
			if (wait > 0) {
				if (this.settings.retryAfter) reply.header('retry-after', String(Math.ceil(wait / 1000)));
				throw new AlimailError(429, 'TooManyRequests', bodyOf(429).message);
			}
			this.checkPermission(caller, request);
		});
		// A body on GET is unusual, but the documented form of listByIds: the router does not read it, so it is read here.
		app.addHook('preHandler', async (request) => {
			if (request.method !== 'GET' || !request.routeOptions.config.reads) return;
			request.body = await jsonOf(request);
		});
		app.setErrorHandler(async (error, _request, reply) => {
			const failure = asAlimailError(error);
			return await reply.code(failure.status).send(failure.body);
		});
		app.setNotFoundHandler(async (_request, reply) => await reply.code(404).send(bodyOf(404)));
		tokenRoute(app, this.apps, () => this.settings);
		organizationRoutes(app, this);
		userRoutes(app, this);
		departmentRoutes(app, this);
		messageRoutes(app, this);
		attachmentRoutes(app, this);
		folderRoutes(app, this);
		contactRoutes(app, this);
	}

	private checkPermission(caller: App, request: FastifyRequest): void {
		const { path } = request.passage;
		const module = moduleOf(path);
		if (!module) return;
		const write = request.method !== 'GET' && !request.routeOptions.config.reads;
		this.apps.demand(caller, module, write);
		// Reading the members of a department gives accounts away, so it takes the users permission as well.
		if (/^\/v2\/departments\/[^/]+\/users$/.test(path)) this.apps.demand(caller, 'users', false);
	}

	private emptyDirectory(): Directory {
		const organization = {
			id: 'org-1',
			name: 'Sandbox Company',
			introduction: '',
			telephone: '',
			address: '',
			preferredLanguage: 'zh-CN',
			domain: 'example.com',
			createdTime: this.clock.stamp(),
		};
		const directory = new Directory(organization, () => this.clock.stamp());
		directory.addDomain('yunhe.example');
		return directory;
	}
}

/** What of the open platform a path belongs to. Streams come with the mail they are of, so nothing is asked for them alone. */
function moduleOf(path: string): Module | undefined {
	if (/^\/v2\/users\/[^/]+\/messages\/[^/]+\/send$/.test(path)) return 'sending';
	if (/^\/v2\/users\/[^/]+\/(?:messages|mailFolders)(?:\/|$)/.test(path)) return 'mails';
	if (/^\/v2\/sharedContactFolders\//.test(path)) return 'contacts';
	return /^\/v2\/(organization|domains|users|departments)(?:\/|$)/.exec(path)?.[1] as Module | undefined;
}

async function jsonOf(request: FastifyRequest): Promise<unknown> {
	let text = '';
	for await (const chunk of request.raw.setEncoding('utf8')) {
		text += chunk as string;
		if (text.length > BODY_LIMIT) throw new AlimailError(413, 'BodyTooLarge', 'The body is too large.');
	}
	try {
		return text === '' ? undefined : (JSON.parse(text) as unknown);
	} catch {
		throw new UnreadableJson('The body is not valid JSON.');
	}
}

function asAlimailError(error: unknown): AlimailError {
	if (error instanceof AlimailError) return error;
	if (error instanceof UnreadableJson) return new AlimailError(400, 'InvalidJson', error.message);
	const status = (error as { statusCode?: number }).statusCode ?? 500;
	const { detailErrorCode, message } = bodyOf(status);
	return new AlimailError(status, detailErrorCode, message, error instanceof Error ? error.message : '');
}
