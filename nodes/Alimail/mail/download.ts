import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { isData, type HttpResponse } from '../../../core/http/response';
import { baseUrlOf } from '../sites';

/**
 * A file whose path leads to its address: by a redirect, or in an answer `{ location }`. Public clients were seen to expect
 * both. The sign-in goes along only within Alimail's own host.
 */
export async function download(client: Client, path: string): Promise<Buffer> {
	const answer = await client.exchange({ path, as: 'bytes', redirect: 'tell', answer: () => true });
	const location = locationIn(answer);
	if (location === undefined) return answer.body as Buffer;
	const base = baseUrlOf(client.credential);
	const url = URL.canParse(location, base) ? new URL(location, base) : undefined;
	if (url === undefined || !/^https?:$/.test(url.protocol)) throw odd();
	if (url.origin !== new URL(base).origin) return await foreign(client, url.href);
	const own = /\/v2\/.*$/.exec(url.pathname)?.[0];
	if (own === undefined) throw odd();
	return await client.send<Buffer>({ path: `${own}${url.search}`, as: 'bytes', answer: () => true });
}

async function foreign(client: Client, url: string): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of await client.files.download(url)) pieces.push(piece as Buffer);
	return Buffer.concat(pieces);
}

function locationIn({ status, headers, body }: HttpResponse): string | undefined {
	if (status >= 300) return String(headers.location);
	if (!/\bjson\b/i.test(String(headers['content-type'] ?? ''))) return undefined;
	let told: unknown;
	try {
		told = JSON.parse((body as Buffer).toString());
	} catch {
		throw odd();
	}
	if (isData(told) && typeof told.location === 'string') return told.location;
	throw odd();
}

const odd = (): ServiceError =>
	new ServiceError({
		service: 'Alimail',
		message: 'Alimail did not say where the file is',
		remedy: 'Run it again. If that does not help, the fault is the service’s.',
		canRetry: true,
	});
