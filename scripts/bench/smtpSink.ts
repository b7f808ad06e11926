import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Run as a process of its own: a mail server that takes every mail and keeps none. Prints its port. */
const server = new SMTPServer({
	authOptional: true,
	disableReverseLookup: true,
	disabledCommands: ['AUTH', 'STARTTLS'],
	onData(stream, _session, done) {
		stream.on('end', () => done());
		stream.resume();
	},
});
const listening = server.listen(0, '127.0.0.1', () =>
	process.stdout.write(`${(listening.address() as AddressInfo).port}\n`),
);
