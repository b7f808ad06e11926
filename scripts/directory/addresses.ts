import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { pause } from '../n8n/processes';

/**
 * An address of the loopback network on which nobody listens. Samba's ports are fixed (389, 636): with an address for
 * each controller several run side by side.
 */
export async function freeAddress(): Promise<string> {
	for (;;) {
		const address = `127.${randomInt(32, 224)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
		if (await canListen(address)) return address;
	}
}

function canListen(address: string): Promise<boolean> {
	return new Promise((done) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => done(error.code === 'EACCES'));
		server.listen(389, address, () => server.close(() => done(true)));
	});
}

/** Waits until something listens there, or `isOver` says that nothing will. */
export async function listening(host: string, port: number, isOver: () => boolean): Promise<boolean> {
	for (let tries = 0; tries < 600 && !isOver(); tries++) {
		if (await accepts(host, port)) return true;
		await pause(100);
	}
	return false;
}

function accepts(host: string, port: number): Promise<boolean> {
	return new Promise((done) => {
		const socket = connect(port, host);
		const end = (is: boolean) => {
			socket.destroy();
			done(is);
		};
		socket.once('connect', () => end(true)).once('error', () => end(false));
	});
}
