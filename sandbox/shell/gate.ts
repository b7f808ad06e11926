import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Faults } from './faults';
import { BY_HAND, answerByHand, answerOf, putInto } from './faults/answers';
import { isAfter } from './faults/kinds';
import type { RequestLog } from './requests';

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
	service: string;
	prefix: string;
	faults: Faults;
	requests: RequestLog;
	/** Milliseconds every request is held for, as a far service would. */
	latencyMs: number;
	/** Whether a path that differs from its route in case or by a slash at its end is unknown to the service. */
	exactPaths: boolean;
	/** The service's error body for a status, used by faults that bring none. */
	errorBody(status: number): unknown;
	/** Called when a fault is due that is the service's own to play. */
	playOwn(fault: Fault, request: FastifyRequest): void;
}

/** Every request of a service passes here: it is counted, logged, held up, and faults are played on it. */
export function installGate(app: FastifyInstance, options: GateOptions): void {
	app.addHook('onRequest', async (request, reply) => {
		const passage = open(request, options);
		request.passage = passage;
		reply.header('x-request-id', passage.id);
		if (options.latencyMs > 0) await pause(options.latencyMs);
		const fault = options.faults.take(options.service, request.method, passage.path);
		if (fault) {
			passage.fault = fault;
			options.playOwn(fault, request);
			if (!isAfter(fault) && (await playBefore(fault, request, reply, options))) return reply;
		}
		if (options.exactPaths && !isExact(request, options.prefix)) return reply.callNotFound();
		return undefined;
	});

	// Logged before the first byte of the answer leaves, so that whoever has the answer also finds it in the log.
	app.addHook('onSend', async (request, reply, payload) => {
		const { fault } = request.passage;
		if (fault && isAfter(fault)) return await playAfter(fault, request, reply, payload, options);
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

/** @returns whether the request is answered with it, so that nothing must be done. */
async function playBefore(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
	options: GateOptions,
): Promise<boolean> {
	if (fault.kind === 'slow') await pause(fault.ms, undefined, { ref: false });
	if (BY_HAND.has(fault.kind)) {
		log(request, statusByHand(fault), options);
		reply.hijack();
		await answerByHand(fault, NOTHING, request);
		return true;
	}
	const answer = answerOf(fault, NOTHING, options.errorBody);
	if (!answer) return false;
	const payload = putInto(reply, answer);
	await reply.send(payload ?? undefined);
	// A body without an end is never sent as a whole: the client has hung up, and the work must not be done now.
	if (!reply.sent) reply.hijack();
	return true;
}

/** The work is done; what is answered is another matter. @returns the body. */
async function playAfter(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
	payload: unknown,
	options: GateOptions,
): Promise<unknown> {
	const real = typeof payload === 'string' || Buffer.isBuffer(payload) ? Buffer.from(payload) : NOTHING;
	if (BY_HAND.has(fault.kind)) {
		log(request, statusByHand(fault), options);
		await answerByHand(fault, real, request);
		return payload;
	}
	if (fault.kind === 'slow') await pause(fault.ms, undefined, { ref: false });
	const answer = answerOf(fault, real, options.errorBody);
	const shown = answer ? putInto(reply, answer) : payload;
	log(request, reply.statusCode, options);
	return shown;
}

const NOTHING = Buffer.alloc(0);

/** As the log shows it: 0 for a connection that was cut without a status. */
function statusByHand({ kind }: Fault): number {
	if (kind === 'switchingProtocols') return 101;
	return kind === 'bodyCut' ? 200 : 0;
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

/** No service takes a secret in the address; should a client put one there, the log must not keep it. */
function withoutSecrets(query: string): string {
	return query.replace(/([^&=]*(?:token|secret|password|key)[^&=]*)=[^&]*/gi, '$1=***');
}
