import type { FastifyInstance } from 'fastify';
import type { MailchimpState } from './state';

/**
 * `login.mailchimp.com/oauth2`: authorization code, no scopes, no refresh tokens, tokens that never run out
 * (mailchimp.com/developer/marketing/guides/access-user-data-oauth-2).
 */
export function mountOAuth(app: FastifyInstance, state: MailchimpState): void {
	const { account } = state;
	app.get<{ Querystring: Record<string, string> }>('/oauth2/authorize', async (request, reply) => {
		const { response_type: type, client_id: id, redirect_uri: back = '', state: own = '' } = request.query;
		if (type !== 'code' || id !== account.clientId || !URL.canParse(back))
			return await reply.code(400).send({ error: 'invalid_request' });
		const to = new URL(back);
		to.searchParams.set('code', account.newCode());
		if (own) to.searchParams.set('state', own);
		return await reply.redirect(to.href);
	});
	app.post('/oauth2/token', async (request, reply) => {
		const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
		const basic = Buffer.from(
			(request.headers.authorization ?? '').replace(/^Basic /i, ''),
			'base64',
		).toString();
		const [id, secret] = form.has('client_id')
			? [form.get('client_id'), form.get('client_secret')]
			: basic.split(':');
		if (id !== account.clientId || secret !== account.clientSecret)
			return await reply.code(401).send({ error: 'invalid_client' });
		if (form.get('grant_type') !== 'authorization_code' || !account.takeCode(form.get('code') ?? ''))
			return await reply
				.code(400)
				.send({ error: 'invalid_grant', error_description: 'The code is not valid.' });
		return { access_token: account.token, expires_in: 0, scope: null };
	});
	app.get('/oauth2/metadata', async (request, reply) => {
		const user = account.userOf((request.headers.authorization ?? '').replace(/^OAuth /i, 'Bearer '));
		if (!user) return await reply.code(401).send({ error: 'invalid_token' });
		return {
			dc: account.dc,
			role: 'owner',
			accountname: account.name,
			user_id: Number(user.loginId),
			login: {
				email: user.email,
				avatar: null,
				login_id: Number(user.loginId),
				login_name: user.email,
				login_email: user.email,
			},
			login_url: 'https://login.mailchimp.com',
			api_endpoint: `${state.host}/${account.dc}`,
		};
	});
}
