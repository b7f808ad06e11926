import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { IDataObject } from 'n8n-workflow';
import type { ServiceError } from '../../../core/errors';
import type { Files } from '../../../core/http/files';
import { isData, type HttpResponse } from '../../../core/http/response';

/** What a request of Microsoft's client came to: an answer, or why there is none. */
export interface Outcome {
	isLook: boolean;
	came: HttpResponse | ServiceError;
}

/**
 * Lets Microsoft's client make its requests by way of n8n: through its proxy, ending with the execution, and with an end of
 * their own. They go to the very address that Outlook has named, which is its own permission: nothing is signed, and the
 * client, which would take the address apart and put it together anew, has no say in it.
 */
export class UploadWire implements Middleware {
	last?: Outcome;

	constructor(
		private readonly files: Files,
		private readonly url: string,
	) {}

	async execute(context: Context): Promise<void> {
		const { method, headers, body } = context.options ?? {};
		const isLook = method?.toUpperCase() === 'GET';
		const came = await (
			isLook ? this.files.look(this.url) : this.files.upload(this.url, body as Buffer, headersOf(headers))
		).catch((error: unknown) => error as ServiceError);
		this.last = { isLook, came };
		if (came instanceof Error) throw came;
		context.response = asResponse(came);
	}
}

const SENT = ['Content-Range', 'Content-Length', 'Content-Type'];

function headersOf(given: ConstructorParameters<typeof Headers>[0]): IDataObject {
	const headers = new Headers(given);
	return Object.fromEntries(SENT.map((name) => [name, headers.get(name) ?? '']));
}

/** What is no JSON has nothing to say to the client. */
function asResponse({ status, headers: { location }, body }: HttpResponse): Response {
	const headers = {
		...(typeof location === 'string' ? { location } : {}),
		'content-type': 'application/json',
	};
	return new Response(status === 204 ? null : JSON.stringify(isData(body) ? body : {}), { status, headers });
}
