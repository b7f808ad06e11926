import { listening } from './addresses';
import type { Program, ServerProcess } from './program';

/** A real directory server on a loopback address of its own, on the usual ports: 389 (plain and StartTLS) and 636. */
export abstract class DirectoryServer {
	protected abstract readonly process: ServerProcess;

	protected constructor(
		readonly address: string,
		private readonly program: Program,
	) {}

	get ldaps(): string {
		return `ldaps://${this.address}`;
	}

	get plain(): string {
		return `ldap://${this.address}`;
	}

	get pid(): number {
		return this.process.pid;
	}

	/** With all its data, as after a restart of the machine. */
	async start(): Promise<void> {
		this.process.start();
		if (await listening(this.address, 636, () => this.process.isOver)) return;
		throw new Error(`${this.program} did not start. It said:\n${this.process.said}`);
	}

	/** As by `kill -9`. */
	async kill(): Promise<void> {
		await this.process.end('SIGKILL');
	}
}
