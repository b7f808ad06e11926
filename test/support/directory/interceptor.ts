import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type { Certificate } from '../../../scripts/directory/certificates';

/**
 * The requests that change something, by the tag of their operation (RFC 4511, section 4; the extended one sets a password,
 * RFC 3062). Each answer has the tag after it.
 */
const WRITES: Record<number, string> = {
	0x66: 'modify',
	0x68: 'add',
	0x4a: 'delete',
	0x6c: 'rename',
	0x77: 'extended',
};
const ANSWER_TAGS: Record<number, number> = { 0x66: 0x67, 0x68: 0x69, 0x4a: 0x6b, 0x6c: 0x6d, 0x77: 0x78 };

/** What befalls a write. A number: the directory refuses it with that code, and does nothing. */
export type LdapMishap = 'cutBefore' | 'cutAfter' | 'cutInAnswer' | 'noiseAfter' | number;

/** Stands between a node and a directory, reads what passes, and lets a mishap befall one write. */
export interface Interceptor {
	address: string;
	/** The writes that came, in their order. */
	writes: string[];
	/** Lets a mishap befall the write with that place among all from now on; each is played once. */
	arm(mishap: LdapMishap, at: number): () => boolean;
	close(): Promise<void>;
}

/** @param server its address; LDAP over TLS. @param own a certificate for that address */
export async function interceptorBefore(
	server: string,
	own: Certificate,
	authority: string,
): Promise<Interceptor> {
	const [host = '', port = '636'] = server.split(':');
	const sockets = new Set<Socket>();
	let armed: { mishap: LdapMishap; at: number; wasPlayed: boolean } | undefined;
	const nextMishap = (): LdapMishap | undefined => {
		if (armed === undefined || armed.wasPlayed || interceptor.writes.length - 1 !== armed.at)
			return undefined;
		armed.wasPlayed = true;
		return armed.mishap;
	};
	const listener = createServer(
		{ key: readFileSync(own.key), cert: readFileSync(own.certificate) },
		(near) => {
			const far = connect({ host, port: Number(port), ca: authority });
			for (const socket of [near, far]) {
				sockets.add(socket);
				socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
			}
			near.on('close', () => far.destroy());
			far.on('close', () => near.destroy());
			between(near, far, (name) => {
				interceptor.writes.push(name);
				return nextMishap();
			});
		},
	);
	await new Promise<void>((done) => listener.listen(0, host, done));
	const interceptor: Interceptor = {
		address: `${host}:${(listener.address() as AddressInfo).port}`,
		writes: [],
		arm(mishap, at) {
			interceptor.writes.length = 0;
			const entry = { mishap, at, wasPlayed: false };
			armed = entry;
			return () => entry.wasPlayed;
		},
		async close() {
			sockets.forEach((socket) => socket.destroy());
			await new Promise((done) => listener.close(done));
		},
	};
	return interceptor;
}

function between(near: TLSSocket, far: TLSSocket, written: (name: string) => LdapMishap | undefined): void {
	/** What befalls the answer to a request, by its number. */
	const answers = new Map<number, LdapMishap>();
	const cut = () => near.destroy();
	each(near, (message) => {
		const { id, tag } = headOf(message);
		const mishap = WRITES[tag] === undefined ? undefined : written(WRITES[tag]);
		if (mishap === 'cutBefore') return void cut();
		if (typeof mishap === 'number') return void near.write(refusal(id, ANSWER_TAGS[tag]!, mishap));
		if (mishap !== undefined) answers.set(id, mishap);
		far.write(message);
	});
	each(far, (message) => {
		const mishap = answers.get(headOf(message).id);
		if (mishap === undefined) near.write(message);
		else if (mishap === 'cutInAnswer') near.write(message.subarray(0, message.length / 2), cut);
		else if (mishap === 'noiseAfter') near.write('<html>502 Bad Gateway</html>', cut);
		else cut();
	});
}

/** Each whole message of a stream: BER, a sequence with its length. */
function each(socket: Socket, act: (message: Buffer) => void): void {
	let kept = Buffer.alloc(0);
	socket.on('data', (bytes: Buffer) => {
		kept = Buffer.concat([kept, bytes]);
		for (let length = lengthOf(kept); length <= kept.length; length = lengthOf(kept)) {
			act(kept.subarray(0, length));
			kept = kept.subarray(length);
		}
	});
}

/** Bytes of the message at the beginning, its own head with it; Infinity while even that is not there. */
function lengthOf(bytes: Buffer): number {
	if (bytes.length < 2) return Infinity;
	const short = bytes[1]!;
	if (short < 0x80) return 2 + short;
	const more = short & 0x7f;
	return bytes.length < 2 + more ? Infinity : 2 + more + bytes.readUIntBE(2, more);
}

function headOf(message: Buffer): { id: number; tag: number } {
	const start = message[1]! < 0x80 ? 2 : 2 + (message[1]! & 0x7f);
	const size = message[start + 1]!;
	return { id: message.readUIntBE(start + 2, size), tag: message[start + 2 + size]! };
}

/** An answer with a code, no DN and a few words. */
function refusal(id: number, tag: number, code: number): Buffer {
	const words = Buffer.from('not now');
	const result = Buffer.concat([Buffer.from([0x0a, 1, code, 0x04, 0, 0x04, words.length]), words]);
	const number = Buffer.from([0x02, 4, 0, 0, 0, 0]);
	number.writeUInt32BE(id, 2);
	const body = Buffer.concat([number, Buffer.from([tag, result.length]), result]);
	return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
