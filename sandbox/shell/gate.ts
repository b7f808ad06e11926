import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults } from './faults';
import type { RequestLog, ServiceName } from './requests';

/** What the sandbox knows of a request while it is under way. */
export interface Passage {
	id: string;
	started: number;
	/** Below the service's prefix, without the query. */
	path: string;
	query: string;
	bytesIn: number;
	fault?: Fault;
}

declare module 'fastify' {
	interface FastifyRequest {
		/** Set on the requests of a service; not on those of the page and the control routes. */
		passage: Passage;
	}
}

export interface GateOptions {
	service: ServiceName;
	prefix: string;
	faults: Faults;
	requests: RequestLog;
	/** Milliseconds every request is held for, as a far service would. */
	latencyMs: number;
	/** Whether a path that differs from its route in case or by a slash at its end is unknown to the service. */
	exactPaths?: boolean;
	/** The service's error body for a status, used by faults that bring none. */
	errorBody(status: number): unknown;
	/** Called when a `tokenRevoked` fault is played. */
	revokeToken?(request: FastifyRequest): void;
}

/** Every request of a service passes here: it is counted, logged, held up, and faults are played on it. */
export function installGate(app: FastifyInstance, options: GateOptions): void {
	app.addHook('onRequest', async (request, reply) => {
		const passage = open(request, options);
		request.passage = passage;
		reply.header('x-request-id', passage.id);
		if (options.latencyMs > 0) await pause(options.latencyMs);
		passage.fault = options.faults.take(options.service, request.method, passage.path);
		if (passage.fault) await play(passage.fault, request, reply, options);
		if (reply.sent) return reply;
		if (options.exactPaths && !isExact(request, options.prefix)) return reply.callNotFound();
		return undefined;
	});

	// Logged before the first byte of the answer leaves, so that whoever has the answer also finds it in the log.
	app.addHook('onSend', async (request, reply, payload) => {
		const { passage } = request;
		if (passage.fault?.kind === 'resetAfter') {
			log(request, 0, options);
			request.raw.socket.destroy();
			return payload;
		}
		log(request, reply.statusCode, options);
		return payload;
	});
}

function open(request: FastifyRequest, options: GateOptions): Passage {
	const [path = '/', query = ''] = request.url.slice(options.prefix.length).split(/\?(.*)/s);
	return {
		id: options.requests.newId(),
		started: performance.now(),
		path: path || '/',
		query,
		bytesIn: Number(request.headers['content-length'] ?? 0),
	};
}

/** The router takes paths loosely; this compares the fixed segments of the route with what came. */
function isExact(request: FastifyRequest, prefix: string): boolean {
	const route = request.routeOptions.url?.slice(prefix.length).split('/');
	const sent = request.passage.path.split('/');
	return (
		!route ||
		(sent.length === route.length && route.every((part, at) => part.startsWith(':') || part === sent[at]))
	);
}

async function play(fault: Fault, request: FastifyRequest, reply: FastifyReply, options: GateOptions) {
	switch (fault.kind) {
		case 'status':
			await reply
				.code(fault.status)
				.headers(fault.headers ?? {})
				.send(fault.body ?? options.errorBody(fault.status));
			break;
		case 'html':
			await reply
				.code(fault.status ?? 502)
				.type('text/html; charset=utf-8')
				.send(errorPage(fault.status ?? 502));
			break;
		case 'resetBefore':
			log(request, 0, options);
			reply.hijack();
			request.raw.socket.destroy();
			break;
		case 'slow':
			await pause(fault.ms);
			break;
		case 'tokenRevoked':
			options.revokeToken?.(request);
			break;
		case 'resetAfter':
		case 'partial':
			break;
	}
}

function errorPage(status: number): string {
	return `<!DOCTYPE html>\n<html><head><title>${status} Bad Gateway</title></head><body><center><h1>${status} Bad Gateway</h1></center><hr><center>nginx</center></body></html>\n`;
}

function log(request: FastifyRequest, status: number, options: GateOptions): void {
	const { passage } = request;
	options.requests.record({
		at: new Date().toISOString(),
		service: options.service,
		method: request.method,
		path: passage.path,
		route: request.routeOptions.url?.slice(options.prefix.length) || passage.path,
		query: withoutSecrets(passage.query),
		status,
		ms: Math.round((performance.now() - passage.started) * 10) / 10,
		bytesIn: passage.bytesIn,
		requestId: passage.id,
		...(passage.fault ? { fault: passage.fault.kind } : {}),
	});
}

/** Neither service takes a secret in the address; should a client put one there, the log must not keep it. */
function withoutSecrets(query: string): string {
	return query.replace(/([^&=]*(?:token|secret|password|key)[^&=]*)=[^&]*/gi, '$1=***');
}
