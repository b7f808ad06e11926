import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

const SECRET_FIELD = /token|secret|password|key|cert/i;

/** Takes the credential's secrets out of words that came from outside, in case a service repeats them. */
export function redact(text: string, credential: ICredentialDataDecryptedObject): string {
	let clean = text;
	for (const [field, value] of Object.entries(credential))
		if (typeof value === 'string' && value.length >= 6 && SECRET_FIELD.test(field))
			clean = clean.replaceAll(value, '•••');
	return clean;
}
