import { constants, createHash, createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { invalidInput } from '../../core/errors';

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const LIFE_S = 600;

/**
 * What proves an app by its certificate instead of a secret
 * (https://learn.microsoft.com/entra/identity-platform/certificate-credentials): signed with PS256, good for ten minutes.
 *
 * @throws {ServiceError} when key or certificate cannot be read, do not belong together, or have ended
 */
export function clientAssertion(
	{ clientId, privateKey, certificate }: { clientId: string; privateKey: string; certificate: string },
	audience: string,
	now = Date.now(),
): string {
	const { key, owner } = readPair(privateKey, certificate);
	if (Date.parse(owner.validTo) < now)
		throw invalidInput(
			'Certificate',
			`The certificate has ended on ${owner.validTo}`,
			'Make a new one, upload it to the app registration, and enter it here with its key.',
		);
	const seconds = Math.floor(now / 1_000);
	const head = {
		alg: 'PS256',
		typ: 'JWT',
		'x5t#S256': createHash('sha256').update(owner.raw).digest('base64url'),
	};
	const claims = {
		aud: audience,
		iss: clientId,
		sub: clientId,
		jti: randomUUID(),
		nbf: seconds,
		exp: seconds + LIFE_S,
	};
	const signed = `${encoded(head)}.${encoded(claims)}`;
	const options = {
		key,
		padding: constants.RSA_PKCS1_PSS_PADDING,
		saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
	};
	return `${signed}.${sign('sha256', Buffer.from(signed), options).toString('base64url')}`;
}

/** When a certificate ends. @throws {ServiceError} when it cannot be read */
export const certificateEnd = (certificate: string): Date => new Date(readCertificate(certificate).validTo);

const readCertificate = (certificate: string): X509Certificate =>
	read('Certificate', () => new X509Certificate(withBreaks(certificate)));

function readPair(privateKey: string, certificate: string) {
	const owner = readCertificate(certificate);
	const key = read('Private Key', () => createPrivateKey(withBreaks(privateKey)));
	if (!owner.checkPrivateKey(key))
		throw invalidInput(
			'Private Key',
			'The private key does not belong to the certificate',
			'Enter the key that the certificate was made with.',
		);
	return { key, owner };
}

function read<T>(field: string, parse: () => T): T {
	try {
		return parse();
	} catch {
		throw invalidInput(
			field,
			`'${field}' cannot be read`,
			'Paste it whole, from the line -----BEGIN to the line -----END.',
		);
	}
}

/** A field of one line loses the line breaks that the format wants. */
const withBreaks = (pem: string): string =>
	pem.includes('\n')
		? pem
		: pem.replace(
				/(-----BEGIN [A-Z ]+-----)(.*?)(-----END [A-Z ]+-----)/g,
				(_, begin: string, body: string, end: string) =>
					[begin, ...(body.replace(/\s+/g, '').match(/.{1,64}/g) ?? []), end].join('\n'),
			);
