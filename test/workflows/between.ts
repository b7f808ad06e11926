import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What befalls a request: nothing, a 500 in its place, or its answer gets lost on the way back. */
export type Fate = 'pass' | '500' | 'lost' | { status: number; body: object };

/** What stands between n8n and a stand-in, and decides by the request itself. */
export class Between {
	private readonly server: Server;

	private constructor(target: string, fateOf: (body: string, path: string) => Fate) {
		this.server = createServer((request, response) => {
			void (async () => {
				const chunks: Buffer[] = [];
				for await (const chunk of request) chunks.push(chunk as Buffer);
				const body = Buffer.concat(chunks);
				const fate = fateOf(String(body), request.url!);
				const say = (status: number, words: object) => {
					response.writeHead(status, { 'content-type': 'application/json' });
					response.end(JSON.stringify(words));
				};
				if (fate === '500') return say(500, { message: 'Internal Server Error' });
				if (typeof fate === 'object') return say(fate.status, fate.body);
				const answer = await fetch(`${target}${request.url!}`, {
					method: request.method!,
					headers: passedOn(request.headers),
					...(body.length > 0 ? { body } : {}),
				});
				const words = Buffer.from(await answer.arrayBuffer());
				if (fate === 'lost') return void request.socket.destroy();
				response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
				response.end(words);
			})();
		});
	}

	static async start(target: string, fateOf: (body: string, path: string) => Fate): Promise<Between> {
		const between = new Between(target, fateOf);
		between.server.listen(0, '127.0.0.1');
		await once(between.server, 'listening');
		return between;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	close(): void {
		this.server.closeAllConnections();
		this.server.close();
	}
}

const passedOn = (headers: IncomingHttpHeaders): Record<string, string> =>
	Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]): Array<[string, string]> =>
			['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'].includes(name)
				? []
				: [[name, String(value)]],
		),
	);
