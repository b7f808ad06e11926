import { brokenSearch, SUPPORT, type Meanings } from './meaning';

const DATES = 'Write dates like 2026-11-21, and end the period after its beginning.';

/** Emails that were sent or received, bounces, inbound rules, statistics. */
export const records: Meanings = {
	700: {
		...brokenSearch('list of emails'),
		remedy: `Check the filters. ${DATES} The search reaches 10,000 emails: narrow it by dates.`,
	},
	701: {
		message: 'Postmark does not know this message',
		remedy: 'Check its ID: messages are kept for 45 days.',
	},
	702: {
		message: 'Postmark could not let this blocked email through',
		remedy: `Only emails with the status “blocked” can be let through. ${SUPPORT}`,
	},
	703: {
		message: 'Postmark could not hand this received email over again',
		remedy: `Only emails with the status “failed” can be tried again. ${SUPPORT}`,
	},
	800: brokenSearch('inbound rules'),
	809: {
		message: 'Postmark received no rule',
		remedy: 'Fill in the address or domain to block.',
		field: 'Rule',
	},
	810: {
		message: 'This inbound rule is there already',
		remedy: 'Nothing has to be done: emails of this sender are blocked.',
		field: 'Rule',
	},
	811: { message: 'Postmark could not remove this inbound rule', remedy: SUPPORT },
	812: {
		message: 'Postmark does not know this inbound rule',
		remedy: 'Choose it from the list again: it may have been deleted.',
		field: 'Inbound Rule',
	},
	813: {
		message: 'The rule is neither an address nor a domain',
		remedy: 'Write an address like ana@example.com, or a domain like example.com.',
		field: 'Rule',
	},
	900: { ...brokenSearch('statistics'), remedy: `Check the filters. ${DATES}` },
	1000: { ...brokenSearch('bounces'), remedy: `Check the filters. ${DATES}` },
	1001: {
		message: 'Postmark does not know this bounce',
		remedy: 'Choose it from the list again, or check its ID.',
		field: 'Bounce',
	},
	1002: { message: 'Postmark received no bounce ID', remedy: 'Fill in the bounce.', field: 'Bounce' },
	1003: {
		message: 'The address of this bounce cannot be reactivated',
		remedy: 'After a spam complaint, and for some kinds of bounces, only Postmark’s support can do that.',
		field: 'Bounce',
	},
};
