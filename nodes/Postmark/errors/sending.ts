import type { Meanings } from './meaning';
import { SUPPORT } from './meaning';

/** Requests as such, and sending. */
export const sending: Meanings = {
	10: {
		message: 'Postmark does not know this token',
		remedy:
			'Copy the API token again from Postmark into the credential. A server token and an account token are not the same: each has its own credential.',
	},
	11: {
		message: 'Postmark found several faults in the request',
		remedy: 'Correct each of the fields it names, then run it again.',
	},
	12: {
		message: 'Postmark has nothing under this ID or name',
		remedy: 'Choose it from the list again: it may have been deleted, or belong to another server.',
	},
	13: {
		message: 'Postmark could not find the next page of the list',
		remedy: 'Run it again from the start: the list has changed in between.',
	},
	100: {
		message: 'Postmark is under maintenance',
		remedy: 'Run it again later; see status.postmarkapp.com.',
		canRetry: true,
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
			'An earlier email to the address bounced or was reported as spam. Once it works again, reactivate it on the Suppressions page of the message stream, or take the address off the list with Suppression → Delete. After a spam complaint only Postmark’s support can do that.',
		field: 'To',
	},
	409: {
		message: 'Postmark wants requests and answers as JSON',
		remedy: 'Check the base URL in the credential.',
	},
	410: { message: 'Too many emails in one request', remedy: 'Send 500 emails or fewer in one request.' },
	411: {
		message: 'Postmark does not accept this type of attachment',
		remedy: 'Leave it out, put it into a ZIP file, or send a link to it.',
		field: 'Attachments',
	},
	412: {
		message: 'The Postmark account is still being reviewed',
		remedy:
			'Until then it may only send to addresses of the sender’s own domain. Ask for approval on Postmark’s page, and send again once it is there.',
		field: 'To',
	},
	413: {
		message: 'This Postmark account may not send',
		remedy: `${SUPPORT} Or use the token of another account’s server.`,
	},
};
