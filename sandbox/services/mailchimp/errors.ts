/** One field that is wrong, as `errors[]` of the problem document has it. */
export interface FieldFault {
	field: string;
	message: string;
}

/** `application/problem+json` (mailchimp.com/developer/marketing/docs/errors). */
export class MailchimpError extends Error {
	constructor(
		readonly status: number,
		readonly title: string,
		readonly detail: string,
		readonly errors?: readonly FieldFault[],
	) {
		super(detail);
	}

	get body() {
		const { status, title, detail, errors } = this;
		return {
			type: 'https://mailchimp.com/developer/marketing/docs/errors/',
			title,
			status,
			detail,
			instance: '00000000-0000-0000-0000-000000000000',
			...(errors ? { errors } : {}),
		};
	}
}

export const invalid = (detail: string, errors?: readonly FieldFault[]) =>
	new MailchimpError(400, 'Invalid Resource', detail, errors);

export const unvalidated = (errors: readonly FieldFault[]) =>
	invalid(
		"The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
		errors,
	);

export const badRequest = (detail: string) => new MailchimpError(400, 'Bad Request', detail);

export const notFound = () =>
	new MailchimpError(404, 'Resource Not Found', 'The requested resource could not be found.');

export const forbidden = (detail: string) => new MailchimpError(403, 'Forbidden', detail);

/** The names in the list of errors, each with its status; `X-Trigger-Error` asks for one of them. */
const NAMED: Record<string, [status: number, detail: string]> = {
	BadRequest: [400, 'Your request could not be processed.'],
	InvalidAction: [400, 'The action requested was not valid for this resource.'],
	InvalidResource: [400, 'The resource submitted could not be validated.'],
	JSONParseError: [400, 'We encountered an unspecified JSON parsing error.'],
	APIKeyMissing: [401, 'Your request did not include an API key.'],
	APIKeyInvalid: [401, 'Your API key may be invalid, or you’ve attempted to access the wrong datacenter.'],
	Forbidden: [403, 'You are not permitted to access this resource.'],
	UserDisabled: [403, 'This account has been disabled.'],
	WrongDatacenter: [403, 'The API key provided is linked to a different datacenter.'],
	ResourceNotFound: [404, 'The requested resource could not be found.'],
	MethodNotAllowed: [405, 'The requested method and resource are not compatible.'],
	ResourceNestingTooDeep: [414, 'The sub-resource requested is nested too deeply.'],
	InvalidMethodOverride: [422, 'You can only use the X-HTTP-Method-Override header with the POST method.'],
	RequestThrottled: [
		429,
		'You have exceeded the limit of 10 simultaneous connections. Please wait for your previous requests to finish.',
	],
	TooManyRequests: [429, 'You have exceeded the limit of 10 simultaneous connections.'],
	InternalServerError: [500, 'An unexpected internal error has occurred. Please contact Support.'],
	ComplianceRelated: [599, 'This method has been disabled.'],
};

const spaced = (name: string) => name.replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=JSON|API)(?=[A-Z])/g, ' ');

/** @returns undefined for a name the service does not have */
export function named(name: string): MailchimpError | undefined {
	const entry = Object.entries(NAMED).find(([one]) => one.toLowerCase() === name.toLowerCase());
	return entry && new MailchimpError(entry[1][0], spaced(entry[0]), entry[1][1]);
}

const OF_STATUS: Record<number, string> = {
	400: 'BadRequest',
	401: 'APIKeyInvalid',
	403: 'Forbidden',
	404: 'ResourceNotFound',
	405: 'MethodNotAllowed',
	429: 'TooManyRequests',
	500: 'InternalServerError',
};

/** The error body for a status. */
export function bodyOf(status: number) {
	const known = named(OF_STATUS[status] ?? '');
	return (known ?? new MailchimpError(status, 'Error', `The request failed with status ${status}.`)).body;
}
