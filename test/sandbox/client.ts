import type { Sandbox } from '../../sandbox';

type Json = Record<string, unknown>;

/** What came back: `body` is the JSON object, or empty when there was none. */
export interface Answer<T = Json> {
	status: number;
	headers: Headers;
	body: T;
	text: string;
}

/** One request. @throws when the connection is cut. */
export async function ask<T = Json>(url: string, init: RequestInit = {}): Promise<Answer<T>> {
	const answer = await fetch(url, init);
	const text = await answer.text();
	let body = {} as T;
	try {
		body = JSON.parse(text) as T;
	} catch {
		// Not JSON: `text` has it.
	}
	return { status: answer.status, headers: answer.headers, body, text };
}

export function tokenRequest(sandbox: Sandbox, form: Record<string, string>) {
	return ask<{ access_token: string; expires_in: number; error: string }>(
		`${sandbox.alimail.url}/oauth2/v2.0/token`,
		{ method: 'POST', body: new URLSearchParams(form) },
	);
}

/** Signs in to Alimail and gives a function that calls it. */
export async function alimailClient(
	sandbox: Sandbox,
	app: { id: string; secret: string } = { id: 'sandbox-app', secret: 'sandbox-secret' },
) {
	const { body } = await tokenRequest(sandbox, {
		grant_type: 'client_credentials',
		client_id: app.id,
		client_secret: app.secret,
	});
	const authorization = `Bearer ${body.access_token}`;
	return async <T = Json>(method: string, path: string, json?: unknown) =>
		await ask<T>(`${sandbox.alimail.url}${path}`, {
			method,
			headers: { authorization, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
			...(json === undefined ? {} : { body: JSON.stringify(json) }),
		});
}

/** Calls Postmark by hand, for what its own client would not send. */
export async function postmarkCall<T = Json>(
	sandbox: Sandbox,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
) {
	return await ask<T>(`${sandbox.postmark.url}${path}`, {
		method,
		headers: {
			accept: 'application/json',
			'content-type': 'application/json',
			'x-postmark-server-token': sandbox.postmark.serverToken,
			...headers,
		},
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
}
