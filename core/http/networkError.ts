import { ServiceError, type Outcome } from '../errors';
import { SWITCHED } from './ending';

/** Faults after which it is certain that the service never saw the request. */
const NEVER_SENT: Record<string, string> = {
	ECONNREFUSED: 'nothing answers at its address',
	ENOTFOUND: 'its address does not exist',
	EAI_AGAIN: 'its address could not be looked up',
	EHOSTUNREACH: 'there is no way to its network',
	ENETUNREACH: 'there is no way to its network',
	ERR_INVALID_URL: 'its address is not a valid URL',
	CERT_HAS_EXPIRED: 'its TLS certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its TLS certificate is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its TLS certificate is signed by an unknown authority',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its TLS certificate cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another name',
	EPROTO: 'it does not speak TLS at this address and port',
	ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS at this address and port',
	ERR_TLS_HANDSHAKE_TIMEOUT: 'the TLS connection was not made in time',
};

/** TLS that was refused: nothing of the request leaves before it is agreed on. */
const REFUSED_TLS = /^ERR_SSL_/;

/** Faults in the middle: the request may have arrived and been carried out. */
const IN_THE_MIDDLE: Record<string, string> = {
	ECONNRESET: 'the connection broke before it answered',
	EPIPE: 'the connection broke before it answered',
	ETIMEDOUT: 'it did not answer in time',
	ECONNABORTED: 'it did not answer in time',
	ERR_BAD_RESPONSE: 'its answer broke off',
	ERR_STREAM_PREMATURE_CLOSE: 'its answer broke off',
	ERR_CANCELED: 'it did not answer in time',
	ABORT_ERR: 'it did not answer in time',
	[SWITCHED]: 'it answered with another protocol (101)',
	Z_BUF_ERROR: 'its packed answer broke off',
	Z_DATA_ERROR: 'its packed answer cannot be unpacked',
};

function neverSent(code: string): string | undefined {
	if (Object.hasOwn(NEVER_SENT, code)) return NEVER_SENT[code];
	return REFUSED_TLS.test(code) ? 'it refused the TLS connection' : undefined;
}

const PERMANENT = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|INVALID_URL|ENOTFOUND|EPROTO|ERR_SSL_/;

/** The ServiceError behind an error that n8n's HTTP helper threw without an answer from the service. */
export function networkError(error: unknown, service: string): ServiceError {
	const own = chain(error).find((e) => e instanceof ServiceError);
	if (own instanceof ServiceError) return own;
	const code = faultCode(error);
	const never = code === undefined ? undefined : neverSent(code);
	const middle = code !== undefined && Object.hasOwn(IN_THE_MIDDLE, code) ? IN_THE_MIDDLE[code] : undefined;
	const outcome: Outcome = never === undefined ? (middle === undefined ? 'notSent' : 'unknown') : 'notSent';
	if (never === undefined && middle === undefined) {
		const words = error instanceof Error ? error.message : String(error);
		return new ServiceError({
			service,
			message: `${service} could not be asked`,
			said: words,
			outcome: code === undefined ? 'notSent' : 'unknown',
			canRetry: false,
			remedy: 'Check the credential and the network, then run again.',
			...(code === undefined ? {} : { code }),
		});
	}
	return new ServiceError({
		service,
		code: code!,
		message: `${service} could not be reached: ${never ?? middle}`,
		remedy: PERMANENT.test(code!)
			? 'Check the base URL in the credential and the network.'
			: 'Check the network between n8n and the service, then run again.',
		outcome,
		canRetry: !PERMANENT.test(code!),
	});
}

/** The system's code, wherever n8n's wrapping has put it. */
function faultCode(error: unknown): string | undefined {
	for (const e of chain(error)) {
		const { code } = e as { code?: unknown };
		if (typeof code === 'string' && code !== '') return code === 'ERR_NETWORK' ? 'ECONNRESET' : code;
		if (/socket hang up/i.test(e.message)) return 'ECONNRESET';
	}
	return undefined;
}

function chain(error: unknown): Error[] {
	const errors: Error[] = [];
	for (let e = error; e instanceof Error && errors.length < 6; e = e.cause) errors.push(e);
	return errors;
}
