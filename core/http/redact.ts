import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

const SECRET_FIELD = /token|secret|password|key|cert/i;

/** A sign-in in an address, such as a webhook's: `https://user:password@host`. */
const SIGN_IN = /:\/\/[^\s/?#"'<>]+@/g;

/** Takes the credential's secrets, and sign-ins in addresses, out of words that came from outside: services repeat them. */
export function redact(text: string, credential: ICredentialDataDecryptedObject): string {
	let clean = text.replace(SIGN_IN, '://•••@');
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
