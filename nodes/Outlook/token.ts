import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import { isData, type HttpResponse } from '../../core/http/response';
import { grantedToken } from '../../core/http/tokens';
import { clientAssertion } from './assertion';
import { everythingOf, loginUrlOf } from './clouds';
import { signInMeaning } from './errors/aadsts';

/** The hidden fields of the app's credential that hold the token. */
export const TOKEN = { field: 'accessToken', renewAt: 'accessTokenRenewAt' } as const;

const text = (value: unknown): string => String(value ?? '').trim();

/** The request for a token of the app's own (https://learn.microsoft.com/graph/auth-v2-service). @throws {ServiceError} */
export function tokenRequest(credential: ICredentialDataDecryptedObject): {
	url: string;
	form: Record<string, string>;
} {
	const url = `${loginUrlOf(credential)}/${encodeURIComponent(tenantOf(credential))}/oauth2/v2.0/token`;
	const clientId = text(credential.clientId);
	const common = { grant_type: 'client_credentials', client_id: clientId, scope: everythingOf(credential) };
	if (credential.signInWith !== 'certificate')
		return { url, form: { ...common, client_secret: text(credential.clientSecret) } };
	const pair = {
		clientId,
		privateKey: text(credential.privateKey),
		certificate: text(credential.certificate),
	};
	return {
		url,
		form: {
			...common,
			client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
			client_assertion: clientAssertion(pair, url),
		},
	};
}

/** @throws {ServiceError} for what stands for no tenant of one's own */
function tenantOf(credential: ICredentialDataDecryptedObject): string {
	const tenant = text(credential.tenant);
	if (/^(?:|common|organizations|consumers)$/i.test(tenant))
		throw new ServiceError({
			message: `'Tenant' is ${tenant === '' ? 'empty' : `“${tenant}”`}, and an app signs in to one tenant`,
			remedy: 'Enter the Directory (tenant) ID from the app’s Overview, or one of your domains.',
			field: 'Tenant',
			outcome: 'notSent',
		});
	return tenant;
}

/** What to store of the answer. @throws {ServiceError} that says what to do when it holds no token */
export function readToken(answer: HttpResponse): IDataObject {
	const granted = grantedToken(answer, TOKEN);
	if (granted !== undefined) return granted;
	const { status, body } = answer;
	const facts = { service: 'Outlook', status, outcome: 'notSent' } as const;
	const meaning = signInMeaning(body);
	if (meaning !== undefined) throw new ServiceError({ ...facts, ...meaning });
	if (status === 429 || status >= 500)
		throw new ServiceError({
			...facts,
			message: 'Microsoft cannot sign the app in at the moment',
			remedy: 'Run it again later.',
			canRetry: true,
		});
	throw new ServiceError({
		...facts,
		message: isData(body)
			? 'Microsoft refused the sign-in'
			: 'Something else answered where Microsoft should have signed the app in',
		remedy:
			'Check the cloud and the tenant in the credential, and whether a proxy stands between n8n and Microsoft.',
	});
}

/** What a token says of itself; undefined for tokens that only Microsoft can read, as those of private accounts. */
export function claimsOf(token: unknown): IDataObject | undefined {
	const [, payload] = String(token ?? '').split('.');
	if (payload === undefined) return undefined;
	try {
		const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
		return isData(claims) ? claims : undefined;
	} catch {
		return undefined;
	}
}

const known = new WeakMap<ICredentialDataDecryptedObject, IDataObject>();

/** What the token in a credential says of who has signed in, and to which tenant; nothing where it does not tell. */
export function claimsIn(credential: ICredentialDataDecryptedObject): IDataObject {
	const { access_token: token } = (credential.oauthTokenData ?? {}) as IDataObject;
	const claims = known.get(credential) ?? claimsOf(token ?? credential[TOKEN.field]) ?? {};
	if (Object.keys(claims).length > 0) known.set(credential, claims);
	return claims;
}
