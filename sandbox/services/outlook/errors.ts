/** A refusal, in the form of learn.microsoft.com/graph/errors. */
export class GraphError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
	}
}

const CODES: Record<number, [code: string, message: string]> = {
	400: ['BadRequest', 'Bad request.'],
	401: ['InvalidAuthenticationToken', 'Access token is empty or has expired.'],
	403: ['ErrorAccessDenied', 'Access is denied. Check credentials and try again.'],
	404: ['ErrorItemNotFound', 'The specified object was not found in the store.'],
	409: ['Conflict', 'The request conflicts with the current state.'],
	412: [
		'ErrorIrresolvableConflict',
		'The send or update operation could not be performed because the change key passed in the request does not match.',
	],
	413: ['RequestEntityTooLarge', 'The request is too large.'],
	429: ['TooManyRequests', 'Too many requests.'],
	500: ['InternalServerError', 'An internal server error occurred.'],
	503: ['ServiceUnavailable', 'The service is unavailable.'],
	504: ['GatewayTimeout', 'The server took too long.'],
};

/** The body of an error. */
export const bodyOf = (
	status: number,
	code = CODES[status]?.[0] ?? 'Error',
	message = CODES[status]?.[1] ?? 'Refused.',
) => ({
	error: {
		code,
		message,
		innerError: {
			date: new Date().toISOString().slice(0, 19),
			'request-id': '8a6b1f0e-0000-4000-8000-5a2d00000001',
			'client-request-id': '8a6b1f0e-0000-4000-8000-5a2d00000001',
		},
	},
});

export const notFound = (): GraphError =>
	new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
export const badRequest = (message: string, code = 'RequestBodyRead'): GraphError =>
	new GraphError(400, code, message);
export const denied = (message = 'Access is denied. Check credentials and try again.'): GraphError =>
	new GraphError(403, 'ErrorAccessDenied', message);
