import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import { isData, type HttpResponse } from '../../core/http/response';
import { grantedToken } from '../../core/http/tokens';
import { baseUrlOf } from './sites';

/** The hidden fields of the credential that hold the token. */
export const TOKEN = { field: 'accessToken', renewAt: 'accessTokenRenewAt' } as const;

/**
 * The request for an access token by client credentials
 * (https://help.aliyun.com/document_detail/2855420.html). There is no refresh token: a new one is fetched instead.
 */
export function tokenRequest(credential: ICredentialDataDecryptedObject): {
	url: string;
	form: Record<string, string>;
} {
	return {
		url: `${baseUrlOf(credential)}/oauth2/v2.0/token`,
		form: {
			grant_type: 'client_credentials',
			client_id: String(credential.appId ?? '').trim(),
			client_secret: String(credential.appSecret ?? '').trim(),
		},
	};
}

/** What to store of the answer; a ServiceError that says what to do when it holds no token. */
export function readToken(answer: HttpResponse): IDataObject {
	const granted = grantedToken(answer, TOKEN);
	if (granted !== undefined) return granted;
	const { status, body } = answer;
	if (status === 429 || status >= 500)
		throw new ServiceError({
			service: 'Alimail',
			status,
			message: 'Alimail cannot sign the app in at the moment',
			remedy: 'Run it again later.',
			outcome: 'notSent',
			canRetry: true,
			...saidIn(body),
		});
	// Whatever stands at another address answers with a page or a 404: that says nothing about App ID and Secret.
	if (!isData(body) || status === 404)
		throw new ServiceError({
			service: 'Alimail',
			status,
			message: 'Something else answered where Alimail should have signed the app in',
			remedy:
				'Check the site (or base URL) in the credential: an app works only at the site of its own tenant.',
			outcome: 'notSent',
			...saidIn(body),
		});
	throw new ServiceError({
		service: 'Alimail',
		status,
		message: 'Alimail refused the App ID or the Secret',
		remedy:
			'Copy both again from the Alimail admin console: Advanced Features, API Open Platform, the app, Edit. Check that the app is enabled and that the site is the one of your tenant.',
		outcome: 'notSent',
		...saidIn(body),
	});
}

/** What the answer says: which of these fields a failed sign-in has is not documented, so whatever is there is shown. */
function saidIn(body: unknown): { said?: string } {
	if (!isData(body)) return {};
	const texts = [body.error, body.error_description, body.message, body.detailErrorCode].filter(
		(text): text is string => typeof text === 'string' && text !== '',
	);
	return texts.length === 0 ? {} : { said: [...new Set(texts)].join(' – ') };
}
