import type { IDataObject } from 'n8n-workflow';
import type { ParameterReader } from '../../core/node/parameters/reader';
import { isMasked, maskedAddress } from '../../core/webhook/address';

/**
 * An answer of Postmark as it goes out of the node, however deep its parts are: whoever sees an item could send with the
 * API tokens of a server, and pass for Postmark with the sign-in that its webhooks get. Addresses of webhooks carry theirs
 * in themselves (https://postmarkapp.com/developer/webhooks/webhooks-overview#protecting-your-webhook).
 */
export const withoutSecrets = (answer: object): IDataObject => clean(answer) as IDataObject;

function clean(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(clean);
	if (typeof value !== 'object' || value === null) return value;
	const kept: Record<string, unknown> = {};
	for (const [name, inner] of Object.entries(value)) {
		if (name === 'ApiTokens') continue;
		if (name === 'HttpAuth') {
			if (inner) kept[name] = { Username: (inner as { Username?: string }).Username ?? '' };
		} else if (name === 'HttpHeaders') {
			if (inner) kept[name] = (inner as Array<{ Name: string }>).map(({ Name }) => ({ Name }));
		} else if (typeof inner === 'string' && /(^|Hook)Url$/.test(name)) {
			kept[name] = maskedAddress(inner);
		} else kept[name] = clean(inner);
	}
	return kept;
}

/** The address of a webhook. One that an item has shown is refused: its mask would become the sign-in. */
export function readAddress(fields: ParameterReader, name: string): string {
	const address = fields.text(name);
	if (isMasked(address))
		throw fields.fieldError(
			name,
			'holds an address whose sign-in is masked',
			'Enter the whole address. Get and Get Many hide what is secret in it, so it cannot be taken from there.',
		);
	return address;
}
