import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface LineOptions {
	/** Where requests go on to. */
	to: string;
	/** Milliseconds each way. */
	distanceMs?: number;
	/** Up to so many more, each way, each request for itself. */
	jitterMs?: number;
	/** So many requests are let through side by side; the others are refused with 429 and no word on when to come back. */
	places?: number;
}

/** A network as it is, between the engine and the sandbox, in a process of its own. */
export class Line {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	static async start(options: LineOptions): Promise<Line> {
		const child = fork(join(__dirname, 'lineProcess.ts'), [JSON.stringify(options)], {
			execArgv: ['--import', 'tsx'],
		});
		const port = await new Promise<number>((resolve, reject) => {
			child.once('message', resolve);
			child.once('exit', (code) => reject(new Error(`The line ended with code ${code}`)));
		});
		return new Line(child, `http://127.0.0.1:${port}`);
	}

	/** Requests it refused so far. */
	async refused(): Promise<number> {
		return await new Promise((resolve) => {
			this.child.once('message', resolve);
			this.child.send('refused');
		});
	}

	stop(): void {
		this.child.kill('SIGTERM');
	}
}
