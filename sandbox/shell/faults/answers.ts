import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from './kinds';

/** What is answered instead: any body that Fastify sends, a stream too. */
interface FaultAnswer {
	status?: number;
	headers?: Record<string, string>;
	payload: string | Buffer | Readable | null;
}

const HALF_A_RECORD = '{"id":"4711","status":"accepted","name":"Sam';
const TEXT = { 'content-type': 'text/plain' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/**
 * The answer of a fault that has one.
 * @param real what the service would have answered; empty when it was not asked.
 */
export function answerOf(
	fault: Fault,
	real: Buffer,
	errorBody: (status: number) => unknown,
): FaultAnswer | undefined {
	switch (fault.kind) {
		case 'status': {
			const body = fault.body ?? errorBody(fault.status);
			return {
				status: fault.status,
				headers: { ...(typeof body === 'string' ? TEXT : JSON_TYPE), ...fault.headers },
				payload: typeof body === 'string' ? body : JSON.stringify(body),
			};
		}
		case 'html':
			return {
				status: fault.status ?? 502,
				headers: { 'content-type': 'text/html; charset=utf-8', server: 'nginx' },
				payload: htmlPage(fault.status ?? 502),
			};
		case 'proxyError':
			return {
				status: fault.status ?? 503,
				headers: { ...TEXT, server: 'envoy' },
				payload:
					'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
			};
		case 'emptyBody':
			return { status: fault.status ?? 200, payload: null };
		case 'emptyObject':
			return { status: fault.status ?? 200, headers: JSON_TYPE, payload: '{}' };
		case 'errorObject':
			return {
				status: fault.status ?? 200,
				headers: JSON_TYPE,
				payload: '{"error":{"message":"Something went wrong."}}',
			};
		default:
			return damaged(fault, real);
	}
}

/** Bodies that are not whole. The status is the real one, or 200. */
function damaged(fault: Fault, real: Buffer): FaultAnswer | undefined {
	switch (fault.kind) {
		case 'truncated':
			return { headers: JSON_TYPE, payload: halfOf(real) };
		case 'brokenGzip': {
			const packed = gzipSync(real.length > 1 ? real : HALF_A_RECORD);
			// The head is right and the packed part is not, so that only unpacking finds out.
			packed.fill(0xff, 10);
			return { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, payload: packed };
		}
		case 'endlessBody':
			return { headers: JSON_TYPE, payload: Readable.from(endless()) };
		case 'dripBody':
			return { headers: JSON_TYPE, payload: Readable.from(drip(fault.ms ?? 200)) };
		default:
			return undefined;
	}
}

function* endless(): Generator<Buffer> {
	yield Buffer.from('{"id":"');
	const chunk = Buffer.alloc(64 * 1024, 'x');
	for (;;) yield chunk;
}

async function* drip(ms: number): AsyncGenerator<string> {
	for (;;) {
		yield ' ';
		await pause(ms, undefined, { ref: false });
	}
}

function htmlPage(status: number): string {
	const title = status < 400 ? 'Please wait' : `${status} Bad Gateway`;
	return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center><hr><center>nginx</center></body></html>\n`;
}

/** Puts the answer into the reply and gives its body. */
export function putInto(reply: FastifyReply, { status, headers = {}, payload }: FaultAnswer) {
	for (const name of ['content-type', 'content-length', 'content-encoding']) reply.removeHeader(name);
	if (status !== undefined) reply.code(status);
	reply.headers(headers);
	return payload;
}

function halfOf(real: Buffer): Buffer {
	return real.length > 1 ? real.subarray(0, Math.ceil(real.length / 2)) : Buffer.from(HALF_A_RECORD);
}

/** Faults that no reply of Fastify can have: they are written to the connection by hand, which is used up by it. */
export const BY_HAND = new Set(['resetBefore', 'resetAfter', 'bodyCut', 'switchingProtocols']);

/** @returns when the connection is gone. */
export async function answerByHand(
	fault: Fault,
	real: Buffer,
	{ raw: { socket } }: FastifyRequest,
): Promise<void> {
	if (fault.kind === 'switchingProtocols') {
		socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
		// Nothing more is said until the client hangs up.
		if (!socket.destroyed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
		return;
	}
	if (fault.kind === 'bodyCut') {
		const half = halfOf(real);
		const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${half.length * 2}\r\n\r\n`;
		// Gone to the network before the connection is cut.
		await new Promise<void>((resolve) =>
			socket.write(Buffer.concat([Buffer.from(head), half]), () => resolve()),
		);
	}
	socket.destroy();
}
