import type { Socket } from 'node:net';
import { ServiceError } from '../../../core/errors';
import { networkFault, SERVICE } from '../errors/network';
import { addressOf, type Target } from '../settings';
import { coded } from './socket';

const OID = '1.3.6.1.4.1.1466.20037';
const ANSWER_MS = 10_000;

/**
 * Asks the server to go on with TLS on this connection (RFC 4511, 4.14). By hand, because the library's own way loses
 * sight of a connection that ends afterwards. @throws {ServiceError} when the server does not do it
 */
export async function startTls(socket: Socket, target: Target): Promise<void> {
	const name = Buffer.from(OID);
	const operation = Buffer.concat([Buffer.from([0x77, name.length + 2, 0x80, name.length]), name]);
	socket.write(Buffer.concat([Buffer.from([0x30, operation.length + 3, 2, 1, 1]), operation]));
	const answer = await firstAnswer(socket, target);
	// The result code stands behind the message's number and the operation's tag and length.
	const at = answer.indexOf(Buffer.from([0x0a, 0x01]));
	const code = at < 0 ? -1 : (answer[at + 2] ?? -1);
	if (code === 0) return;
	socket.destroy();
	throw new ServiceError({
		service: SERVICE,
		message: `The server ${addressOf(target)} does not offer StartTLS`,
		remedy:
			"Choose LDAPS as 'Encryption' in the credential, or give the server a certificate: without one it cannot encrypt.",
		outcome: 'notSent',
		...(code < 0 ? {} : { code: String(code) }),
	});
}

async function firstAnswer(socket: Socket, target: Target): Promise<Buffer> {
	return await new Promise<Buffer>((done, fail) => {
		const end = (answer: Buffer | undefined, error?: Error) => {
			clearTimeout(timer);
			socket.removeListener('data', read).removeListener('error', broken).removeListener('close', closed);
			if (answer !== undefined) return done(answer);
			socket.on('error', () => undefined).destroy();
			fail(networkFault(error, target));
		};
		let so: Buffer = Buffer.alloc(0);
		const read = (data: Buffer) => {
			so = Buffer.concat([so, data]);
			if (isWhole(so)) {
				socket.pause();
				end(so);
			}
		};
		const broken = (error: Error) => end(undefined, error);
		const closed = () => end(undefined, coded('ECONNRESET', 'The connection was closed'));
		const timer = setTimeout(() => end(undefined, coded('ETIMEDOUT', 'No answer')), ANSWER_MS);
		socket.on('data', read).once('error', broken).once('close', closed);
	});
}

/** Whether a message is here with all its bytes: its length stands in its second byte, or in those that follow. */
function isWhole(bytes: Buffer): boolean {
	if (bytes.length < 2) return false;
	const first = bytes[1]!;
	if (first < 0x80) return bytes.length >= 2 + first;
	const size = first & 0x7f;
	return bytes.length >= 2 + size && bytes.length >= 2 + size + bytes.readUIntBE(2, size);
}
