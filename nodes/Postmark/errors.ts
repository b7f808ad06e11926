import type { FailureFacts } from '../../core/http/failure';

type Meaning = Pick<FailureFacts, 'message' | 'remedy' | 'field'>;

/**
 * Postmark's error codes that sending can meet, in plain words
 * (https://postmarkapp.com/developer/api/overview#error-codes).
 */
const MEANINGS: Record<number, Meaning> = {
	11: { message: 'Postmark found several faults in the request', remedy: 'Correct the fields it names.' },
	100: {
		message: 'Postmark is under maintenance',
		remedy: 'Run it again later; see status.postmarkapp.com.',
	},
	300: {
		message: 'Postmark refused a field of this email',
		remedy: 'Correct the field that Postmark names.',
	},
	400: {
		message: 'Postmark does not know the sender address',
		remedy: 'Add it under Sender Signatures in Postmark, or send from a domain you have verified there.',
		field: 'From',
	},
	401: {
		message: 'The sender address is not confirmed yet',
		remedy: 'Click the link in the confirmation email from Postmark, then send again.',
		field: 'From',
	},
	402: {
		message: 'Postmark could not read the request',
		remedy: 'Look for unusual characters in the fields.',
	},
	403: {
		message: 'Postmark refused a field of the request',
		remedy: 'Correct the field that Postmark names.',
	},
	405: {
		message: 'Postmark may not send for this account at the moment',
		remedy: 'Usually the plan has no messages left: look at the billing page of Postmark.',
	},
	406: {
		message: 'Postmark no longer delivers to a recipient of this email',
		remedy:
			'An earlier email to the address bounced or was reported as spam. Once it works again, reactivate it on the Suppressions page of the message stream.',
		field: 'To',
	},
	409: {
		message: 'Postmark wants requests and answers as JSON',
		remedy: 'Check the base URL in the credential.',
	},
	410: { message: 'Too many emails in one request', remedy: 'Send fewer than 500 emails in one request.' },
	411: {
		message: 'Postmark does not accept this type of attachment',
		remedy: 'Leave it out, put it into a ZIP file, or send a link to it.',
		field: 'Attachments',
	},
	412: {
		message: 'The Postmark account is still being reviewed',
		remedy: 'Until then it may only send to addresses of the sender’s own domain.',
		field: 'To',
	},
	413: {
		message: 'This Postmark account may not send',
		remedy: 'Write to Postmark’s support, or use the token of another server.',
	},
	701: {
		message: 'Postmark does not know this message',
		remedy: 'Check its ID: messages are kept for 45 days.',
	},
	1226: {
		message: 'The server has no such message stream',
		remedy: 'Choose a stream from the list.',
		field: 'Message Stream',
	},
	1235: {
		message: 'The server has no such message stream',
		remedy: 'Choose a stream from the list.',
		field: 'Message Stream',
	},
	1236: {
		message: 'This message stream cannot send email',
		remedy: 'Choose a transactional or broadcast stream: inbound streams only receive.',
		field: 'Message Stream',
	},
};

const UNKNOWN: Meaning = {
	message: 'Postmark refused the request',
	remedy: 'Do what Postmark’s own words below say.',
};

const INACTIVE = /inactive addresses:\s*([^.\s][^\n]*?)\.?(?:\s+Inactive|\s*$)/i;

/** The addresses that Postmark's words name as inactive: of a refused email all of them, of an accepted one those left out. */
export const inactiveIn = (said: string): string | undefined => INACTIVE.exec(said)?.[1]?.trim();

export function meaningOf(code: number, said: string): Meaning {
	const meaning = MEANINGS[code] ?? UNKNOWN;
	if (code !== 406) return meaning;
	const addresses = inactiveIn(said);
	return addresses === undefined
		? meaning
		: { ...meaning, message: `Postmark no longer delivers to ${addresses}` };
}
