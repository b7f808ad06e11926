import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './program';

export interface Certificate {
	/** Paths of PEM files. */
	key: string;
	certificate: string;
}

const ownIn = (folder: string): Certificate => ({
	key: join(folder, 'ca.key'),
	certificate: join(folder, 'ca.pem'),
});

/** An authority of the tests' own, and what it signs. Everything is in one folder and valid for a short time. */
export class Authority {
	private constructor(
		private readonly folder: string,
		private readonly own: Certificate,
	) {}

	static make(folder: string, name = 'Test authority'): Authority {
		const own = ownIn(folder);
		runProgram('openssl', [
			...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/CN=${name}`],
			...['-keyout', own.key, '-out', own.certificate],
		]);
		return new Authority(folder, own);
	}

	/** One that was made before, in that folder. */
	static in(folder: string): Authority {
		return new Authority(folder, ownIn(folder));
	}

	/** In PEM. */
	get certificate(): string {
		return readFileSync(this.own.certificate, 'utf8');
	}

	get file(): string {
		return this.own.certificate;
	}

	/**
	 * @param names of the server (`DNS:dc1.corp.test`, `IP:127.0.0.1`), or none for a client
	 * @param days 0 or less for one that has run out
	 */
	sign(file: string, subject: string, names: string[] = [], days = 30): Certificate {
		const at = (end: string) => join(this.folder, `${file}.${end}`);
		const made = { key: at('key'), certificate: at('pem') };
		runProgram('openssl', [
			...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', subject, '-keyout', made.key, '-out', at('csr')],
		]);
		writeFileSync(
			at('ext'),
			names.length > 0 ? `subjectAltName=${names.join(',')}` : 'extendedKeyUsage=clientAuth',
		);
		runProgram('openssl', [
			...['x509', '-req', '-in', at('csr'), '-CA', this.own.certificate, '-CAkey', this.own.key],
			...['-CAcreateserial', '-days', String(days), '-extfile', at('ext'), '-out', made.certificate],
		]);
		return made;
	}
}
