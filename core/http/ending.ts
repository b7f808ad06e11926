import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';

/** The answer was in another protocol (101), in the manner of the system's own codes. */
export const SWITCHED = 'ERR_SWITCHED_PROTOCOL';

const watchers = new AsyncLocalStorage<(request: ClientRequest) => void>();
subscribe('http.client.request.start', (message) => {
	watchers.getStore()?.((message as { request: ClientRequest }).request);
});

/**
 * Sends a request through n8n's helper, with a hand on the connection itself. The helper puts the execution's own signal in the
 * place of ours when it signs a request: without this, a request whose time is over would stay open, and its answer be read
 * for ever. And an answer 101 to which nobody listens is neither an answer nor an error: Node.js closes, and the helper waits.
 *
 * @param signal ends the connection, before the answer and in the middle of it
 */
export async function withEnding<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
	const watch = (request: ClientRequest) => {
		const end = () => void request.destroy(ended());
		signal.addEventListener('abort', end, { once: true });
		request.once('close', () => signal.removeEventListener('abort', end));
		request.once('upgrade', (_answer: unknown, socket: Duplex) => {
			socket.destroy();
			request.emit('error', switched());
		});
		if (signal.aborted) end();
	};
	return await watchers.run(watch, send);
}

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });
const ended = () => withCode('The request was ended', 'ABORT_ERR');
const switched = () => withCode('The answer was in another protocol', SWITCHED);
