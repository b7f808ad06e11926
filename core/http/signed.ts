import type { IAuthenticate, ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/**
 * How a credential signs its requests, for its `authenticate`. A function, and not n8n's declarative form: n8n evaluates
 * the expressions of that one anew for each request, which takes a quarter of the CPU time of a whole Get.
 */
export const signedWith =
	(
		sign: (credential: ICredentialDataDecryptedObject) => Pick<IHttpRequestOptions, 'headers' | 'auth'>,
	): Extract<IAuthenticate, (...given: never[]) => unknown> =>
	async (credential, request) => {
		const { headers, ...more } = sign(credential);
		return { ...request, ...more, headers: { ...request.headers, ...headers } };
	};

/** Signs with the token that `preAuthentication` has put into the credential's hidden field (RFC 6750). */
export const signedWithToken = (field: string) =>
	signedWith((credential) => ({ headers: { Authorization: `Bearer ${String(credential[field] ?? '')}` } }));
