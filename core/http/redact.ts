import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

const SECRET_FIELD = /token|secret|password|key|cert/i;

/** Takes the credential's secrets out of words that came from outside, in case a service repeats them. */
export function redact(text: string, credential: ICredentialDataDecryptedObject): string {
	let clean = text;
	for (const [field, value] of Object.entries(credential))
		if (typeof value === 'string' && value.length >= 6 && SECRET_FIELD.test(field))
			for (const form of asSent(value)) clean = clean.replaceAll(form, '•••');
	return clean;
}

/** As it stands in a header, in a URL, in a form and in JSON. */
function asSent(secret: string): string[] {
	const form = new URLSearchParams({ secret }).toString().slice('secret='.length);
	return [secret, encodeURIComponent(secret), form, JSON.stringify(secret).slice(1, -1)];
}
