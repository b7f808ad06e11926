import { ServiceError, type ErrorFacts } from '../../../core/errors';
import { lookUp } from '../../../core/lookUp';
import { addressOf, type Target, type TlsSettings } from '../settings';

export const SERVICE = 'The directory';

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const FIREWALL =
	'Most often a firewall between n8n and the server drops the connection: open the port for the machine that runs n8n.';

/** Why there is no connection: nothing was asked yet. */
export function networkFault(error: unknown, target: Target): ServiceError {
	const code = codeOf(error);
	const address = addressOf(target);
	const facts = (message: string, remedy: string, canRetry: boolean): ErrorFacts => ({
		service: SERVICE,
		message,
		remedy,
		canRetry,
		outcome: 'notSent',
		...(code === '' ? {} : { code }),
	});
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_NODATA':
		case 'EAI_NONAME':
			return new ServiceError(
				facts(
					`There is no server with the name ${target.host}`,
					"Check 'Servers' in the credential. The machine that runs n8n must use a DNS server that knows the domain; an IP address works too.",
					false,
				),
			);
		case 'EAI_AGAIN':
			return new ServiceError(
				facts(
					`The name ${target.host} could not be looked up, for no DNS server answered`,
					'Check the network of the machine that runs n8n, then run it again.',
					true,
				),
			);
		case 'ECONNREFUSED':
			return new ServiceError(
				facts(
					`The server ${target.host} is there, and nothing listens on its port ${target.port}`,
					`Check the port in 'Servers' of the credential: 636 is for LDAPS, 389 for StartTLS and no encryption. A domain controller without a certificate does not open 636.`,
					true,
				),
			);
		case 'ETIMEDOUT':
			return new ServiceError(facts(`Nobody answers at ${address}`, FIREWALL, true));
		case 'ABORT_ERR':
			return new ServiceError(
				facts('The execution was stopped before this was done', 'Run it again to do the rest.', true),
			);
		default:
			return new ServiceError({
				...facts(
					`The server ${address} could not be reached`,
					'Check the network between n8n and the server.',
					true,
				),
				said: wordsOf(error),
			});
	}
}

/** What a code of OpenSSL means for whoever set the server up: the message goes on from "the server's certificate". */
const CERTIFICATES: Record<string, [what: string, remedy: string]> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: [
		'is signed by the server itself, so nobody vouches for it',
		"Paste that certificate into 'Trusted Authority' of the credential if you know it, or give the server one from your own authority.",
	],
	SELF_SIGNED_CERT_IN_CHAIN: [
		'comes from an authority that is not trusted',
		"Paste the certificate of your authority (in PEM form) into 'Trusted Authority' of the credential.",
	],
	CERT_HAS_EXPIRED: ['has run out', 'Renew it on the server.'],
	CERT_NOT_YET_VALID: [
		'is not valid yet',
		'Check the clocks of the server and of the machine that runs n8n.',
	],
	CERT_REVOKED: ['was revoked', 'Give the server a new one.'],
};
const UNKNOWN_AUTHORITY = [
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_GET_ISSUER_CERT',
	'CERT_SIGNATURE_FAILURE',
];

/** Why a connection could not be encrypted. */
export function tlsFault(error: unknown, target: Target, settings: TlsSettings): ServiceError {
	const code = codeOf(error);
	const words = wordsOf(error);
	if (code === 'ABORT_ERR') return networkFault(error, target);
	const fault = (message: string, remedy: string, canRetry = false) =>
		new ServiceError({
			service: SERVICE,
			message,
			remedy,
			canRetry,
			outcome: 'notSent',
			...(code === '' ? {} : { code }),
			said: words,
		});
	const [what, remedy] =
		lookUp(CERTIFICATES, UNKNOWN_AUTHORITY.includes(code) ? 'SELF_SIGNED_CERT_IN_CHAIN' : code) ?? [];
	if (what !== undefined) return fault(`The certificate of ${addressOf(target)} ${what}`, remedy!);
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
		return fault(
			`The certificate of ${addressOf(target)} is for another name than ${settings.serverName ?? target.host}`,
			`Enter the server in 'Servers' by a name that stands in its certificate${namesIn(error)}, or that name in 'Name in the Certificate'.`,
		);
	if (/wrong version number|packet length too long|unknown protocol/i.test(words))
		return fault(
			`The port ${target.port} of ${target.host} does not speak TLS`,
			'LDAPS has a port of its own (636). On port 389 choose StartTLS as the encryption.',
		);
	if (/certificate required|handshake failure|bad certificate/i.test(words))
		return fault(
			`The server ${addressOf(target)} did not accept the TLS connection`,
			"It may want a certificate of the client: enter 'Client Certificate' and 'Client Key' in the credential, or check those that are there.",
		);
	if (/PEM|asn1|key values mismatch|bad decrypt|no start line|DECODER|passphrase/i.test(words))
		return fault(
			'A certificate or the key in the credential cannot be used',
			'Check that certificate and key belong together, that they are complete, and that the passphrase is right.',
		);
	if (code === 'ECONNRESET' || code === 'ETIMEDOUT')
		return fault(
			`The server ${addressOf(target)} broke off while the connection was being encrypted`,
			'A domain controller that has no certificate does this: give it one, or check the port and the encryption in the credential.',
			true,
		);
	return fault(
		`The connection to ${addressOf(target)} could not be encrypted`,
		'Check the encryption and the certificates in the credential.',
	);
}

/** The names that a certificate is for, as Node.js hands them over. */
function namesIn(error: unknown): string {
	const { cert } = error as { cert?: { subjectaltname?: unknown; subject?: { CN?: unknown } } };
	const names = cert?.subjectaltname ?? cert?.subject?.CN;
	return typeof names === 'string' && names !== '' ? ` (${names.replace(/DNS:|IP Address:/g, '')})` : '';
}

/** The connection went away in the middle: what was asked for may have been done. */
export function brokenOff(error: unknown, target: Target): ServiceError {
	const isLate = /timed out/i.test(wordsOf(error));
	return new ServiceError({
		service: SERVICE,
		message: isLate
			? `The server ${addressOf(target)} took too long to answer`
			: `The server ${addressOf(target)} closed the connection before it had answered`,
		remedy: 'Check the server and the network, then run it again.',
		said: wordsOf(error),
		outcome: 'unknown',
		canRetry: true,
	});
}
