import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates, type TLSSocket } from 'node:tls';
import { networkFault, tlsFault } from '../errors/network';
import type { Target, TlsSettings } from '../settings';

const CONNECT_MS = 10_000;

export interface ReachOptions {
	/** Replaces the look-up of names: n8n's own rules on where nodes may go. */
	lookup?: LookupFunction;
	signal?: AbortSignal;
	timeoutMs?: number;
	/** Which of the addresses that the server's name stands for; the certificate is still the name's. */
	address?: string;
}

/** A connection, not yet encrypted. @throws {ServiceError} that tells a wrong name from a closed port and from silence */
export async function reach(
	target: Target,
	{ lookup, signal, timeoutMs = CONNECT_MS, address }: ReachOptions = {},
): Promise<Socket> {
	const socket = connect({
		...target,
		...(address === undefined ? {} : { host: address }),
		...(lookup === undefined ? {} : { lookup }),
		keepAlive: true,
		noDelay: true,
	});
	return await settled(socket, 'connect', { ...(signal ? { signal } : {}), timeoutMs }, (error) =>
		networkFault(error, target),
	);
}

/** The connection, encrypted, when the server's certificate is trusted. @throws {ServiceError} that says why it is not */
export async function secure(
	socket: Socket,
	target: Target,
	settings: TlsSettings,
	{ signal, timeoutMs = CONNECT_MS }: Omit<ReachOptions, 'lookup' | 'address'> = {},
): Promise<TLSSocket> {
	const name = settings.serverName ?? target.host;
	let secured: TLSSocket;
	try {
		secured = connectTls({
			socket,
			host: name,
			// An address cannot be sent as a server's name; it is compared with the certificate all the same.
			servername: isIP(name) ? '' : name,
			rejectUnauthorized: !settings.trustAll,
			...(settings.authorities === undefined ? {} : { ca: [...rootCertificates, settings.authorities] }),
			...(settings.clientCertificate === undefined ? {} : { cert: settings.clientCertificate }),
			...(settings.clientPrivateKey === undefined ? {} : { key: settings.clientPrivateKey }),
			...(settings.passphrase === undefined ? {} : { passphrase: settings.passphrase }),
		});
	} catch (error) {
		// A certificate or key of the credential that cannot be read.
		socket.destroy();
		throw tlsFault(error, target, settings);
	}
	return await settled(secured, 'secureConnect', { ...(signal ? { signal } : {}), timeoutMs }, (error) =>
		tlsFault(error, target, settings),
	);
}

/** The socket once it is there; destroyed, with what went wrong in words, when it does not come to that. */
async function settled<S extends Socket>(
	socket: S,
	event: 'connect' | 'secureConnect',
	{ signal, timeoutMs }: { signal?: AbortSignal; timeoutMs: number },
	inWords: (error: unknown) => Error,
): Promise<S> {
	return await new Promise<S>((done, fail) => {
		const end = (error?: unknown) => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', aborted);
			socket.removeListener('error', end).removeListener('close', closed).removeListener(event, there);
			if (error === undefined) return done(socket);
			// Whatever it still has to say is of no interest.
			socket.on('error', () => undefined).destroy();
			fail(inWords(error));
		};
		const there = () => end();
		const closed = () => end(coded('ECONNRESET', 'The connection was closed'));
		const aborted = () => end(coded('ABORT_ERR', 'The execution was stopped'));
		const timer = setTimeout(() => end(coded('ETIMEDOUT', 'No answer')), timeoutMs);
		socket.once(event, there).once('error', end).once('close', closed);
		if (signal?.aborted) aborted();
		else signal?.addEventListener('abort', aborted, { once: true });
	});
}

export const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });
