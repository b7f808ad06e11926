import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import { isData, type HttpResponse } from '../../core/http/response';
import { grantedToken } from '../../core/http/tokens';

/** The hidden fields of the credential that hold the token. */
export const TOKEN = { field: 'accessToken', renewAt: 'accessTokenRenewAt' } as const;

/** Where the API is, without a slash at the end. */
export const baseUrlOf = (credential: ICredentialDataDecryptedObject): string =>
	String(credential.baseUrl || 'https://api.sendpulse.com')
		.trim()
		.replace(/\/+$/, '');

export const usesKey = (credential: ICredentialDataDecryptedObject): boolean =>
	credential.authentication === 'apiKey';

/** A static API key is a token without an end (sendpulse.com/integrations/api). */
export const keyAsToken = (credential: ICredentialDataDecryptedObject): IDataObject => ({
	[TOKEN.field]: String(credential.apiKey ?? '').trim(),
	[TOKEN.renewAt]: '',
});

/** The request for a token of one hour: https://sendpulse.com/integrations/api. */
export const tokenRequest = (credential: ICredentialDataDecryptedObject) => ({
	url: `${baseUrlOf(credential)}/oauth/access_token`,
	body: {
		grant_type: 'client_credentials',
		client_id: String(credential.clientId ?? '').trim(),
		client_secret: String(credential.clientSecret ?? '').trim(),
	},
});

/** What to store of the answer. @throws {ServiceError} that says what to do when it holds no token */
export function readToken(answer: HttpResponse): IDataObject {
	const granted = grantedToken(answer, TOKEN);
	if (granted !== undefined) return granted;
	const { status, body } = answer;
	const facts = { service: 'SendPulse', status, outcome: 'notSent' } as const;
	if (status === 429 || status >= 500)
		throw new ServiceError({
			...facts,
			message: 'SendPulse cannot sign in at the moment',
			remedy: 'Run it again later.',
			canRetry: true,
		});
	if (!isData(body) || status === 404)
		throw new ServiceError({
			...facts,
			message: 'Something else answered where SendPulse should have signed in',
			remedy: 'Check the base URL in the credential.',
		});
	throw new ServiceError({
		...facts,
		message: 'SendPulse refused the ID or the secret',
		remedy: 'Copy both again from SendPulse: Account settings → API. The API has to be switched on there.',
	});
}
