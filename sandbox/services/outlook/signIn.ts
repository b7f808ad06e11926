import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Directory } from './directory';
import { CLIENT, TENANT, type Tokens } from './tokens';

/** Words of the sign-in for its own codes (learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const refused = async (reply: FastifyReply, error: string, code: number, words: string, status = 400) =>
	await reply.code(status).send({
		error,
		error_description: `AADSTS${code}: ${words} Trace ID: 0 Correlation ID: 0 Timestamp: 2026-11-26 00:00:00Z`,
		error_codes: [code],
		trace_id: '0',
		correlation_id: '0',
	});

const KNOWN_TENANTS = new Set([TENANT, 'common', 'organizations', 'contoso.example']);

/** `login.microsoftonline.com/{tenant}/oauth2/v2.0`: authorization code with PKCE, refresh with rotation, client credentials. */
export function signInRoutes(app: FastifyInstance, tokens: Tokens, directory: Directory): void {
	app.get<{ Params: { tenant: string }; Querystring: Record<string, string> }>(
		'/login/:tenant/oauth2/v2.0/authorize',
		async ({ query, params }, reply) => {
			const {
				client_id: id,
				redirect_uri: back = '',
				scope = '',
				state = '',
				code_challenge: challenge,
			} = query;
			if (!KNOWN_TENANTS.has(params.tenant))
				return await refused(reply, 'invalid_request', 90002, `Tenant '${params.tenant}' not found.`);
			if (id !== CLIENT.id)
				return await refused(
					reply,
					'unauthorized_client',
					700016,
					`Application with identifier '${String(id)}' was not found in the directory.`,
				);
			if (!URL.canParse(back))
				return await refused(
					reply,
					'invalid_request',
					50011,
					'The redirect URI does not match the redirect URIs configured for the application.',
				);
			const to = new URL(back);
			to.searchParams.set(
				'code',
				tokens.code(directory.signedIn.id, scope.split(/\s+/).filter(Boolean), challenge),
			);
			to.searchParams.set('state', state);
			return await reply.redirect(to.href);
		},
	);
	app.post<{ Params: { tenant: string } }>('/login/:tenant/oauth2/v2.0/token', async (request, reply) => {
		const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
		const { tenant } = request.params;
		if (!KNOWN_TENANTS.has(tenant))
			return await refused(reply, 'invalid_request', 90002, `Tenant '${tenant}' not found.`);
		if (tokens.refusal !== undefined)
			return await refused(reply, 'invalid_client', tokens.refusal.code, tokens.refusal.message, 401);
		if (form.get('client_id') !== CLIENT.id)
			return await refused(
				reply,
				'unauthorized_client',
				700016,
				`Application with identifier '${form.get('client_id')}' was not found in the directory.`,
			);
		const assertion = form.get('client_assertion');
		if (assertion === null ? form.get('client_secret') !== CLIENT.secret : !isAssertion(assertion))
			return await refused(
				reply,
				'invalid_client',
				assertion === null ? 7000215 : 700027,
				'Invalid client secret or assertion provided.',
				401,
			);
		return await granted(form, tenant, { reply, tokens, directory });
	});
}

interface Desk {
	reply: FastifyReply;
	tokens: Tokens;
	directory: Directory;
}

async function granted(
	form: URLSearchParams,
	tenant: string,
	{ reply, tokens, directory }: Desk,
): Promise<unknown> {
	const kind = form.get('grant_type');
	if (kind === 'client_credentials') {
		if (tenant === 'common' || tenant === 'organizations')
			return await refused(
				reply,
				'invalid_request',
				50059,
				'No tenant-identifying information found in either the request or implied by any provided credentials.',
			);
		if (!/\/\.default$/.test(form.get('scope') ?? ''))
			return await refused(
				reply,
				'invalid_scope',
				70011,
				'The provided value for the input parameter scope is not valid.',
			);
		return tokens.forApp();
	}
	const known =
		kind === 'refresh_token'
			? tokens.takeRefresh(form.get('refresh_token') ?? '')
			: proven(tokens.takeCode(form.get('code') ?? ''), form.get('code_verifier'));
	const user = known && directory.find(known.user);
	if (known === undefined || user === undefined)
		return await refused(
			reply,
			'invalid_grant',
			70008,
			'The provided authorization code or refresh token has expired due to inactivity or was used before.',
		);
	return tokens.forUser({ id: user.id, upn: String(user.props.userPrincipalName) }, known.permissions);
}

function proven<T extends { challenge?: string }>(
	known: T | undefined,
	verifier: string | null,
): T | undefined {
	if (known?.challenge === undefined) return known;
	const digest = createHash('sha256')
		.update(verifier ?? '')
		.digest('base64url');
	return digest === known.challenge ? known : undefined;
}

/** A JWT for this app, with the thumbprint of a certificate. Whose key signed it, a stand-in need not know. */
function isAssertion(assertion: string): boolean {
	const [head, claims] = assertion.split('.').slice(0, 2);
	if (head === undefined || claims === undefined) return false;
	try {
		const [header, payload] = [head, claims].map(
			(part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>,
		);
		return (header?.['x5t#S256'] ?? header?.x5t) !== undefined && payload?.iss === CLIENT.id;
	} catch {
		return false;
	}
}
