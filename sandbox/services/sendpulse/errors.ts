/** A refusal: `{ message, error_code }`. The codes are SendPulse's own numbers and no HTTP statuses. */
export class SendPulseError extends Error {
	constructor(
		readonly status: number,
		/** Missing where SendPulse gives none, as over a quota. */
		readonly code: number | undefined,
		message: string,
	) {
		super(message);
	}

	get body() {
		return { message: this.message, ...(this.code === undefined ? {} : { error_code: this.code }) };
	}
}

/** Code 422 says that an argument is wrong; the words say which. */
export const invalid = (message: string, code = 422) => new SendPulseError(422, code, message);
export const missing = (argument: string, code = 422) => invalid(`Argument ${argument} missing`, code);

const GENERIC: Record<number, string> = {
	401: 'Unauthorized!',
	404: 'Page not found',
	429: 'Too Many Requests',
	500: 'Internal server error',
	503: 'Service Unavailable',
};

/** The error body for a status, as faults and the router use it. */
export const bodyOf = (status: number) => ({
	message: GENERIC[status] ?? 'Request refused',
	error_code: status,
});
