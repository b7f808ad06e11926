/**
 * The error body is the one third-party clients decode: `detailErrorCode`, `message`, `developerMessage`
 * (github.com/eryajf/go-alimail, alimail/common.go). The catalogue of `detailErrorCode` values is not public: the values
 * here are the sandbox's own, and a client must not depend on them.
 */
export class AlimailError extends Error {
	constructor(
		readonly status: number,
		readonly detailErrorCode: string,
		message: string,
		readonly developerMessage = '',
	) {
		super(message);
	}

	get body() {
		const { detailErrorCode, message, developerMessage } = this;
		return { detailErrorCode, message, ...(developerMessage ? { developerMessage } : {}) };
	}
}

export const invalid = (message: string, field?: string) =>
	new AlimailError(400, 'InvalidParameter', message, field ? `field: ${field}` : '');

export const conflict = (code: string, message: string, field: string) =>
	new AlimailError(400, code, message, `field: ${field}`);

export const notFound = (what: 'User' | 'Department' | 'Domain', which: string) =>
	new AlimailError(404, `${what}NotFound`, `${what} "${which}" does not exist.`);

const GENERIC: Record<number, [code: string, message: string]> = {
	401: ['InvalidToken', 'The access token is missing, expired or revoked.'],
	403: ['NoPermission', 'The application lacks the permission for this operation.'],
	404: ['ResourceNotFound', 'There is no such resource.'],
	429: ['TooManyRequests', 'Too many requests for this mail domain. Slow down and try again.'],
};

/** The error body for a status, as faults and the router use it. */
export function bodyOf(status: number) {
	const [detailErrorCode, message] = GENERIC[status] ?? [
		status >= 500 ? 'InternalError' : 'BadRequest',
		status >= 500 ? 'The service failed. Try again later.' : 'The request is not valid.',
	];
	return { detailErrorCode, message };
}
