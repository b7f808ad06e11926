import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** The sandbox in a process of its own, so that it and what is measured do not share an event loop. */
export class RemoteSandbox {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	static async start(latencyMs = 0): Promise<RemoteSandbox> {
		const child = spawn(
			process.execPath,
			[
				'--import',
				'tsx',
				join(__dirname, '../../sandbox/main.ts'),
				'--port',
				'0',
				'--latency',
				String(latencyMs),
			],
			{ stdio: ['ignore', 'pipe', 'inherit'] },
		);
		const url = await new Promise<string>((resolve, reject) => {
			let said = '';
			child.stdout!.on('data', (chunk: Buffer) => {
				said += chunk.toString();
				const found = /Open (http:\S+)/.exec(said)?.[1];
				if (found !== undefined) resolve(found);
			});
			child.once('exit', (code) => reject(new Error(`The sandbox ended with code ${code}`)));
		});
		return new RemoteSandbox(child, url);
	}

	async reset(settings: object = {}): Promise<void> {
		await this.post('reset', {});
		await this.post('settings', settings);
	}

	async post(what: string, body: object): Promise<void> {
		const answer = await fetch(`${this.url}/_sandbox/${what}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`The sandbox refused ${what}: ${await answer.text()}`);
	}

	async get<T>(what: string): Promise<T> {
		return (await (await fetch(`${this.url}/_sandbox/${what}`)).json()) as T;
	}

	/** Requests since the last reset, by `METHOD route`, sign-ins left out. */
	async requests(
		service: string,
	): Promise<Array<{ method: string; route: string; status: number; count: number }>> {
		const { summary } = await this.get<{
			summary: Array<{ service: string; method: string; route: string; status: number; count: number }>;
		}>('requests?limit=1');
		return summary.filter((row) => row.service === service && !row.route.includes('/oauth2/'));
	}

	stop(): void {
		this.child.kill('SIGTERM');
	}
}
