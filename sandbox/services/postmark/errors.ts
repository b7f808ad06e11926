/**
 * `{ ErrorCode, Message }`: ErrorCode is Postmark's own number, not the HTTP status (postmarkapp.com/developer/api/overview,
 * "API error codes"). A problem with the request is HTTP 422 whatever its ErrorCode.
 */
export class PostmarkError extends Error {
	constructor(
		readonly errorCode: number,
		message: string,
		readonly status = 422,
	) {
		super(message);
	}

	get body() {
		return { ErrorCode: this.errorCode, Message: this.message };
	}
}

export const invalidEmail = (message: string) => new PostmarkError(300, message);
export const invalidField = (message: string) => new PostmarkError(403, message);

const GENERIC: Record<number, [code: number, message: string]> = {
	401: [10, 'The Server Token you provided in the X-Postmark-Server-Token request header was invalid.'],
	404: [12, 'The requested resource was not found.'],
	413: [300, 'The request is larger than the limit: 10 MB for a message, 50 MB for a batch.'],
	415: [409, 'The request must have the header Content-Type: application/json.'],
	429: [429, 'Too many requests. Please slow down.'],
	500: [0, 'Internal server error.'],
	503: [100, 'Postmark is offline for maintenance. Please try again later.'],
};

/** The error body for a status. Which ErrorCode goes with 404, 413 and 429 is not documented; these are the sandbox's own. */
export function bodyOf(status: number) {
	const [ErrorCode, Message] = GENERIC[status] ?? [0, `The request failed with status ${status}.`];
	return { ErrorCode, Message };
}
