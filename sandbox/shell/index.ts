import Fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { installControl } from './control';
import { installDocs } from './docs';
import { Faults } from './faults';
import { installGate } from './gate';
import { installPage } from './page';
import { part } from './part';
import { RequestLog } from './requests';
import type { Running, Shell } from './shell';
import type { ServicesOf, StandIn } from './standIn';

export type { Running, Shell } from './shell';

export interface ShellOptions {
	/** 0, the default, is any free port. */
	port?: number;
	/** How many times faster than real waiting goes: rate windows and `latencyMs` shrink by it. Default 1. */
	speed?: number;
	/** Milliseconds every request of a service takes at least. Default 0. */
	latencyMs?: number;
}

/**
 * Starts the stand-ins of a list.
 * @throws {Error} EADDRINUSE when the port is taken.
 */
export async function openShell<const List extends readonly StandIn[]>(
	list: List,
	{ port = 0, speed = 1, latencyMs = 0 }: ShellOptions = {},
): Promise<Shell<List>> {
	const app = Fastify({
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		// Some services do not mind the case of a path or a slash at its end; see gate.ts for the others.
		routerOptions: { maxParamLength: 2000, caseSensitive: false, ignoreTrailingSlash: true },
		// Services hold idle connections for a while; the default of five seconds would cut clients off in mid-run.
		keepAliveTimeout: 60_000,
	});
	// The address is only known once the port is open, so the services are told where they are through a getter.
	let url = '';
	const running = list.map((standIn): Running => {
		const service = standIn.create({ url: () => `${url}/${standIn.name}`, speed });
		return { standIn, service };
	});
	const shell: Shell<List> = {
		get url() {
			return url;
		},
		running,
		services: Object.fromEntries(
			running.map(({ standIn, service }) => [standIn.name, service]),
		) as ServicesOf<List>,
		faults: new Faults(list),
		requests: new RequestLog(),
		credentials: () => running.flatMap(({ standIn, service }) => standIn.credentials(service)),
		async sample() {
			for (const { standIn, service } of running) await standIn.sample?.(service);
		},
		reset() {
			for (const one of running) resetService(one);
			shell.faults.clear();
			shell.requests.clear();
		},
		async close() {
			for (const { service } of running) service.close?.();
			await app.close();
		},
	};
	for (const one of running) await mount(app, one, shell, latencyMs / speed);
	await app.register(part('control', async (scope) => await installControl(scope, shell)));
	await app.register(part('page', async (scope) => installPage(scope, shell)));
	await app.register(part('docs', async (scope) => installDocs(scope)));
	await app.listen({ port, host: '127.0.0.1' });
	url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
	return shell;
}

function resetService({ standIn, service }: Running): void {
	Object.assign(service.settings, standIn.settings.schema.parse({}));
	service.reset();
}

async function mount(
	app: FastifyInstance,
	{ standIn, service }: Running,
	{ faults, requests }: Shell,
	latencyMs: number,
): Promise<void> {
	const prefix = `/${standIn.name}`;
	await app.register(
		part(standIn.name, async (scope) => {
			installGate(scope, {
				service: standIn.name,
				prefix,
				faults,
				requests,
				latencyMs,
				exactPaths: standIn.exactPaths ?? false,
				errorBody: (status) => standIn.errorBody(status),
				playOwn(fault, request) {
					if (fault.kind === 'tokenRevoked' || fault.kind === 'partial')
						standIn.faults[fault.kind]?.play?.(service, request);
				},
			});
			service.mount(scope);
		}),
		{ prefix },
	);
}
