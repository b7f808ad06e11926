import type { FastifyInstance } from 'fastify';
import type { Apps } from './apps';
import type { AlimailSettings } from './settings';

class TokenError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		description: string,
	) {
		super(description);
	}
}

const FIELDS = ['grant_type', 'client_id', 'client_secret'];

/**
 * `POST /oauth2/v2.0/token`, the client-credentials grant with a form body (help.aliyun.com/document_detail/2855420.html).
 * The body of a failure is not documented; this is OAuth 2.0's own (RFC 6749, 5.2).
 */
export function tokenRoute(app: FastifyInstance, apps: Apps, settings: () => AlimailSettings): void {
	app.post('/oauth2/v2.0/token', async (request, reply) => {
		try {
			const seconds = settings().tokenSeconds;
			const client = authenticate(request.headers['content-type'], request.body, apps);
			return {
				token_type: 'bearer',
				access_token: apps.issue(client, seconds),
				expires_in: seconds,
			};
		} catch (error) {
			if (!(error instanceof TokenError)) throw error;
			return await reply.code(error.status).send({ error: error.code, error_description: error.message });
		}
	});
}

function authenticate(contentType = '', body: unknown, apps: Apps) {
	if (!contentType.startsWith('application/x-www-form-urlencoded') || !(body instanceof URLSearchParams)) {
		throw new TokenError(
			400,
			'invalid_request',
			'The token request must be sent as application/x-www-form-urlencoded.',
		);
	}
	for (const field of body.keys()) {
		if (!FIELDS.includes(field)) throw new TokenError(400, 'invalid_request', `Unknown field "${field}".`);
	}
	for (const field of FIELDS) {
		if (body.getAll(field).length !== 1 || !body.get(field)) {
			throw new TokenError(400, 'invalid_request', `The field "${field}" must be given once.`);
		}
	}
	if (body.get('grant_type') !== 'client_credentials') {
		throw new TokenError(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
	}
	const client = apps.find(body.get('client_id') ?? '', body.get('client_secret') ?? '');
	if (!client) throw new TokenError(401, 'invalid_client', 'The App ID or the secret is wrong.');
	return client;
}
