import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** Stands before a directory server, at its address and another port, so that its certificate fits. */
export interface Relay {
	address: string;
	/** Connections that were ever made to it. */
	made: number;
	/** Connections that are open now. */
	open: number;
	/** Told of what the server has sent in all, in bytes; true cuts every connection there. */
	cut?: ((sent: number) => boolean) | undefined;
	/** Whether it takes no connection any more. */
	isGone: boolean;
	close(): Promise<void>;
}

/** @param server its address, with or without its port (636: LDAP over TLS) */
export async function relayTo(server: string): Promise<Relay> {
	const [host = '', port = '636'] = server.split(':');
	const sockets = new Set<Socket>();
	let sent = 0;
	const cutAll = () => sockets.forEach((socket) => socket.destroy());
	const listener = createServer((near) => {
		if (relay.isGone) return void near.destroy();
		relay.made++;
		relay.open++;
		const far = connect(Number(port), host);
		for (const socket of [near, far]) {
			sockets.add(socket);
			socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
		}
		near.on('close', () => {
			relay.open--;
			far.destroy();
		});
		far.on('close', () => near.destroy());
		near.pipe(far);
		far.on('data', (bytes: Buffer) => {
			sent += bytes.length;
			// Half of what came gets through: the answer breaks off in its middle.
			if (relay.cut?.(sent) === true) near.write(bytes.subarray(0, bytes.length / 2), cutAll);
			else if (!near.destroyed) near.write(bytes);
		});
	});
	await new Promise<void>((done) => listener.listen(0, host, done));
	const relay: Relay = {
		address: `${host}:${(listener.address() as AddressInfo).port}`,
		made: 0,
		open: 0,
		isGone: false,
		async close() {
			cutAll();
			await new Promise((done) => listener.close(done));
		},
	};
	return relay;
}
