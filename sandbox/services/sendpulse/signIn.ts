import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { SendPulseError } from './errors';

export const CLIENT = { id: 'sandbox-client', secret: 'sandbox-client-secret' };
/** A static key, which never ends. */
export const API_KEY = 'sandbox-static-key';

/** `POST /oauth/access_token` takes JSON, and gives a token of one hour (sendpulse.com/integrations/api). */
export function tokenRoute(app: FastifyInstance, account: Account): void {
	app.post('/oauth/access_token', async (request, reply) => {
		const given = (request.body ?? {}) as Record<string, unknown>;
		if (given.grant_type !== 'client_credentials')
			return await reply
				.code(400)
				.send({ error: 'unsupported_grant_type', error_description: 'Unsupported' });
		if (given.client_id !== CLIENT.id || given.client_secret !== CLIENT.secret)
			return await reply
				.code(401)
				.send({ error: 'invalid_client', error_description: 'Client authentication failed' });
		const token = randomBytes(16).toString('hex');
		account.tokens.set(token, Date.now() + account.settings.tokenSeconds * 1_000);
		return { access_token: token, token_type: 'Bearer', expires_in: account.settings.tokenSeconds };
	});
}

/** @throws {SendPulseError} 401 */
export function demandSignIn(authorization = '', { tokens }: Account): void {
	const token = /^Bearer (.+)$/.exec(authorization)?.[1] ?? '';
	if (token === API_KEY || (tokens.get(token) ?? 0) > Date.now()) return;
	throw new SendPulseError(401, 401, 'Unauthorized!');
}
