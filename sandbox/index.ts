import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { AlimailService } from './services/alimail';
import { bodyOf as alimailError } from './services/alimail/errors';
import { installControl } from './shell/control';
import { Faults } from './shell/faults';
import { installGate } from './shell/gate';
import { installPage } from './shell/page';
import { PostmarkService } from './services/postmark';
import { bodyOf as postmarkError } from './services/postmark/errors';
import { RequestLog } from './shell/requests';

export type { AlimailService } from './services/alimail';
export type { App, Permissions } from './services/alimail/apps';
export type { Department, User } from './services/alimail/records';
export type { Seed, SeedDepartment, SeedUser, Seeded } from './services/alimail/seed';
export type { AlimailSettings } from './services/alimail/settings';
export type { ArmedFault, Fault, FaultEffect, Faults } from './shell/faults';
export type { PostmarkService } from './services/postmark';
export type { HookAttempt, HookDelivery, HookEvent } from './services/postmark/hooks';
export type { InboundMessage } from './services/postmark/inboundRecords';
export type { Incoming } from './services/postmark/receiving';
export type { Bounce, Click, Open, StoredAttachment, StoredMessage } from './services/postmark/records';
export type { RequestEntry, RequestFilter, RequestLog, ServiceName } from './shell/requests';

export interface SandboxOptions {
	/** 0, the default, is any free port. */
	port?: number;
	/** How many times faster than real waiting goes: the rate window and `latencyMs` shrink by it. Default 1. */
	speed?: number;
	/** Milliseconds every request of a service takes at least. Default 0. */
	latencyMs?: number;
}

/** Local stand-ins for the services, on one port of 127.0.0.1. */
export interface Sandbox {
	/** `http://127.0.0.1:PORT`, where the page is. */
	url: string;
	alimail: AlimailService;
	postmark: PostmarkService;
	faults: Faults;
	requests: RequestLog;
	/** Back to the state of a fresh start: no records, no faults, no log, default settings, no valid tokens. */
	reset(): void;
	close(): Promise<void>;
}

/**
 * Starts the stand-ins.
 * @throws {Error} EADDRINUSE when the port is taken.
 */
export async function startSandbox({
	port = 0,
	speed = 1,
	latencyMs = 0,
}: SandboxOptions = {}): Promise<Sandbox> {
	const app = Fastify({
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		// Postmark does not mind the case of a path or a slash at its end, and its own client mixes them; see gate.ts for the others.
		routerOptions: { maxParamLength: 2000, caseSensitive: false, ignoreTrailingSlash: true },
		// Services hold idle connections for a while; the default of five seconds would cut clients off in mid-run.
		keepAliveTimeout: 60_000,
	});
	const faults = new Faults();
	const requests = new RequestLog();
	// The address is only known once the port is open, so the services are told where they are through a getter.
	let url = '';
	const alimail = new AlimailService(() => url, speed);
	const postmark = new PostmarkService(() => url);
	const gate = { faults, requests, latencyMs: latencyMs / speed };
	await app.register(
		async (scope) => {
			installGate(scope, {
				...gate,
				service: 'alimail',
				prefix: '/alimail',
				errorBody: alimailError,
				exactPaths: true,
				revokeToken: (request) => alimail.apps.revoke(request.headers.authorization),
			});
			alimail.mount(scope);
		},
		{ prefix: '/alimail' },
	);
	await app.register(
		async (scope) => {
			installGate(scope, { ...gate, service: 'postmark', prefix: '/postmark', errorBody: postmarkError });
			postmark.mount(scope);
		},
		{ prefix: '/postmark' },
	);
	const sandbox: Sandbox = {
		get url() {
			return url;
		},
		alimail,
		postmark,
		faults,
		requests,
		reset() {
			alimail.reset();
			postmark.reset();
			faults.clear();
			requests.clear();
		},
		close: async () => {
			postmark.hooks.clear();
			await app.close();
		},
	};
	await app.register(async (scope) => installControl(scope, sandbox));
	await app.register(async (scope) => installPage(scope, sandbox));
	await app.listen({ port, host: '127.0.0.1' });
	url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
	return sandbox;
}
