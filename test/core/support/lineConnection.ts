import type { IExecuteFunctions } from 'n8n-workflow';
import { connect, type Socket } from 'node:net';
import { Attempts, type Attempted, type Repeatable } from '../../../core/connection/attempts';
import type { Connection, RequestStats } from '../../../core/connection/connection';
import { ServiceError, type Outcome } from '../../../core/errors';
import { limiterFor, type RateLimiter } from '../../../core/http/limiter';
import type { Service } from '../../../core/http/service';

const SERVICE = 'Line';
const IN_FLIGHT = 4;

type How = Pick<Repeatable<string>, 'idempotent'> &
	Partial<Pick<Repeatable<string>, 'reconcile' | 'manualCheck'>>;

/** The least that a connection needs which is not HTTP: attempts, limiter, and sockets that are closed at the end. */
export class LineConnection implements Connection {
	readonly concurrency = IN_FLIGHT;
	private readonly attempts: Attempts;
	private readonly limiter: RateLimiter;
	private readonly sockets = new Set<Socket>();
	private readonly idle: Socket[] = [];

	constructor(
		private readonly port: number,
		signal: AbortSignal | undefined,
	) {
		this.attempts = new Attempts(SERVICE, signal);
		this.limiter = limiterFor(this.account, { concurrency: IN_FLIGHT });
	}

	get account(): string {
		return `line ${this.port}`;
	}

	get stats(): RequestStats {
		return this.attempts.stats;
	}

	async get(name: string): Promise<string> {
		return await this.ask(`GET ${name}`, { idempotent: true });
	}

	/** Never repeated blindly: what is kept is asked for first. */
	async put(name: string, value: string): Promise<string> {
		return await this.ask(`PUT ${name} ${value}`, {
			idempotent: false,
			manualCheck: `Ask the server for “${name}”.`,
			reconcile: async () => {
				try {
					return await this.get(name);
				} catch (error) {
					if (error instanceof ServiceError && error.outcome === 'refused') return undefined;
					throw error;
				}
			},
		});
	}

	async close(): Promise<void> {
		await Promise.all(
			[...this.sockets].map(
				async (socket) => await new Promise<void>((done) => void socket.once('close', done).destroy()),
			),
		);
	}

	private async ask(line: string, how: How): Promise<string> {
		return await this.attempts.run<string>(
			{
				...how,
				rateLimited: (ms) => void this.limiter.rateLimited(ms),
				succeeded: () => this.limiter.succeeded(),
			},
			async (sent) => await this.limiter.run(async () => await this.attempt(line, sent), this.attempts.turn),
		);
	}

	private async attempt(line: string, sent: () => void): Promise<Attempted<string>> {
		let socket: Socket;
		try {
			socket = await this.lease();
		} catch (error) {
			return { error: fault(error, 'notSent') };
		}
		sent();
		this.stats.requests++;
		try {
			const answer = await this.exchange(socket, line);
			this.idle.push(socket);
			return read(answer);
		} catch (error) {
			socket.destroy();
			return { error: fault(error, 'unknown') };
		}
	}

	private async lease(): Promise<Socket> {
		for (let socket = this.idle.pop(); socket !== undefined; socket = this.idle.pop())
			if (!socket.destroyed && socket.readable) return socket;
		const socket = connect(this.port, '127.0.0.1').setEncoding('utf8');
		this.sockets.add(socket);
		socket.on('error', () => undefined).once('close', () => this.sockets.delete(socket));
		await new Promise<void>((done, fail) => void socket.once('connect', done).once('error', fail));
		return socket;
	}

	private async exchange(socket: Socket, line: string): Promise<string> {
		return await new Promise<string>((done, fail) => {
			let text = '';
			const over = () => {
				for (const event of ['data', 'end', 'close'] as const) socket.removeAllListeners(event);
				socket.once('close', () => this.sockets.delete(socket));
				this.attempts.signal?.removeEventListener('abort', broken);
			};
			const broken = () => {
				over();
				fail(new Error('the connection was closed before the answer was whole'));
			};
			this.attempts.signal?.addEventListener('abort', broken);
			socket.once('end', broken).once('close', broken);
			socket.on('data', (piece: string) => {
				text += piece;
				if (!text.endsWith('\n')) return;
				over();
				done(text.trimEnd());
			});
			socket.write(`${line}\n`);
		});
	}
}

function read(answer: string): Attempted<string> {
	const [kind = '', ...words] = answer.split(' ');
	const said = words.join(' ');
	if (kind === 'OK') return { value: said };
	if (kind === 'BUSY')
		return {
			error: new ServiceError({
				service: SERVICE,
				message: 'Line is busy',
				outcome: 'refused',
				canRetry: true,
			}),
			action: 'rateLimited',
			retryAfterMs: Number(said),
		};
	const message = `Line refused it: ${said}`;
	return { error: new ServiceError({ service: SERVICE, message, outcome: 'refused' }), action: 'fail' };
}

const fault = (error: unknown, outcome: Outcome): ServiceError =>
	new ServiceError({
		service: SERVICE,
		message: `Line could not be asked: ${(error as Error).message}`,
		remedy: 'Run it again later.',
		outcome,
		canRetry: true,
	});

/** As a node is connected to it. */
export const lineService = (port: number): Service<LineConnection> => ({
	open: async (context) =>
		new LineConnection(port, (context as IExecuteFunctions).getExecutionCancelSignal()),
});
