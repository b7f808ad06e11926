import type { ErrorFacts } from '../../../core/errors';
import type { HttpResponse } from '../../../core/http/response';
import { isData } from '../../../core/http/response';
import { truncate } from '../../../core/text';

type Meaning = Pick<ErrorFacts, 'message' | 'remedy' | 'field'>;

/** The codes that users of the API have published, in plain words. `name` is the service. */
const MEANINGS: Record<number, (name: string) => Meaning> = {
	40001: (name) => ({
		message: `${name} got no app key`,
		remedy: 'Open the credential and enter the app key.',
	}),
	40002: (name) => ({
		message: `${name} does not know this app key`,
		remedy:
			'Copy the app key again into the credential, and check that its Service is the one that gave the key.',
	}),
	40003: (name) => ({
		message: `${name} has no such template for this account`,
		remedy: 'Copy the template’s number, like E_1234567890, and check that the template has been approved.',
		field: 'Template ID',
	}),
	40004: (name) => ({
		message: `${name} got no recipient`,
		remedy: 'Fill in To, or check the column its expression refers to.',
		field: 'To',
	}),
	40005: (name) => ({
		message: `${name} does not take this recipient for a mail address`,
		remedy: 'Correct the address in To: one address, without a name.',
		field: 'To',
	}),
	40006: (name) => ({
		message: `${name} does not take the Reply To for a mail address`,
		remedy: 'Correct the address in Reply To, or leave it out.',
		field: 'Reply To',
	}),
	40007: (name) => ({
		message: `The ${name} account has no emails left, or is disabled`,
		remedy: 'Look at the balance, buy more emails or ask the vendor, then run it again.',
	}),
	40008: (name) => ({
		message: `${name} cannot read the template values`,
		remedy: 'Give plain values, one for each variable of the template.',
		field: 'Template Values',
	}),
	40009: (name) => ({
		message: `${name} does not take this attachment`,
		remedy:
			'Attach one file of at most 1 MB of a type it takes (ZIP, PDF, images, Office files and some more). Attachments need a paying account.',
		field: 'Attachment',
	}),
};

/** The answer's code, which comes as a number or as text. */
export function codeOf(body: unknown): number | undefined {
	if (!isData(body) || (typeof body.code !== 'number' && typeof body.code !== 'string')) return undefined;
	const code = Number(body.code);
	return Number.isInteger(code) && String(body.code).trim() !== '' ? code : undefined;
}

export const isAccepted = (body: unknown): boolean => codeOf(body) === 200;

/**
 * What the service said when it said no, which it does with HTTP 200 too. Only codes of the published range count: what
 * another one means is not known, and so neither is what became of the email.
 */
export function refusal({ body }: HttpResponse, name: string): Partial<ErrorFacts> | undefined {
	const code = codeOf(body);
	if (code === undefined || code < 40_000 || code > 49_999) return undefined;
	const said = isData(body) && typeof body.message === 'string' ? { said: body.message } : {};
	const meaning = MEANINGS[code]?.(name) ?? {
		message: `${name} refused the request`,
		remedy: 'Do what its own words below say.',
	};
	return { code: String(code), ...said, ...meaning };
}

/** What an answer that is neither a success nor a known refusal says, so that a person can ask the vendor. */
export function wordsOf({ body }: HttpResponse): Partial<ErrorFacts> {
	if (!isData(body)) return {};
	const said = [body.code, body.message].filter(
		(part) => typeof part === 'string' || typeof part === 'number',
	);
	return said.length === 0 ? {} : { said: truncate(said.join(' '), 200) };
}
