const SECRET_FIELD = /token|secret|password|key|cert/i;
const SHORTEST = 6;

/** A sign-in in an address, such as a webhook's: `https://user:password@host`. */
const SIGN_IN = /:\/\/[^\s/?#"'<>]+@/g;

/** Takes the credential's secrets, and sign-ins in addresses, out of words that came from outside: services repeat them. */
export function redact(text: string, credential: object): string {
	let clean = text.replace(SIGN_IN, '://•••@');
	for (const secret of secretsOf(credential))
		for (const form of asSent(secret)) clean = clean.replaceAll(form, '•••');
	return clean;
}

/** Whatever stands in a secret field, however deep: n8n keeps OAuth2 tokens in an object. */
function* secretsOf(value: object): Generator<string> {
	for (const [field, inner] of Object.entries(value)) {
		if (typeof inner === 'object' && inner !== null) yield* secretsOf(inner as object);
		else if (SECRET_FIELD.test(field) && typeof inner === 'string' && inner.length >= SHORTEST) yield inner;
	}
}

/** As it stands in a header, in a URL, in a form and in JSON. */
function asSent(secret: string): string[] {
	const form = new URLSearchParams({ secret }).toString().slice('secret='.length);
	return [secret, encodeURIComponent(secret), form, JSON.stringify(secret).slice(1, -1)];
}
