import type { ErrorFacts } from '../../../core/errors';

export type Meaning = Pick<ErrorFacts, 'message' | 'remedy' | 'field'>;
export const meaning = (message: string, remedy: string, field?: string): Meaning => ({
	message,
	remedy,
	...(field === undefined ? {} : { field }),
});

const CONFIRM =
	'Add the sender in SendPulse (Service settings → Senders) and confirm it, or use one that is there.';
const WAIT_AN_HOUR = 'Wait an hour and run it again, or create the campaign by hand in SendPulse.';

/** SendPulse's own numbers, which are no HTTP statuses (sendpulse.com/integrations/api; the official client’s document). */
const MEANINGS: Record<number, Meaning> = {
	8: meaning('SendPulse got no data', 'Fill in the fields above.'),
	10: meaning(
		'SendPulse misses something that is needed, mostly the sender',
		'Fill in From and the fields that are required.',
		'From',
	),
	11: meaning('SendPulse got no recipient it can use', 'Correct the addresses in To.', 'To'),
	12: meaning('The email has no subject', 'Fill in Subject.', 'Subject'),
	13: meaning('The email has no words', 'Fill in HTML Body or Text Body.', 'HTML Body'),
	14: meaning('SendPulse does not know this address or message', 'Check the ID or address.'),
	17: meaning('The address is not there, or is no mail address', 'Check the address.', 'Email Address'),
	19: meaning(
		'The address is there already',
		'Nothing has to be done, or choose another address.',
		'Email Address',
	),
	20: meaning(
		'SendPulse does not send from free mail services',
		'Use an address of a domain of your own.',
		'From',
	),
	21: meaning('Nothing waits to be confirmed', 'Ask for a new confirmation code first.'),
	31: meaning('SendPulse has no such template', 'Choose a template from the list.', 'Template'),
	32: meaning('The template is empty', 'Give the template words in SendPulse.', 'Template'),
	97: meaning(
		'SendPulse does not send from free mail services',
		'Use an address of a domain of your own.',
		'From',
	),
	201: meaning('The mailing list has no name', 'Fill in Name.', 'Name'),
	203: meaning(
		'A mailing list of this name is there already',
		'Choose another name, or use the list that is there.',
		'Name',
	),
	211: meaning('The mailing list is empty', 'Add contacts to it first.', 'Mailing List'),
	213: meaning(
		'SendPulse has no such mailing list',
		'Choose a list: it may have been deleted.',
		'Mailing List',
	),
	290: meaning('SendPulse has no such template', 'Choose a template from the list.', 'Template'),
	299: meaning('The list has no such variable', 'Check the name of the variable.'),
	303: meaning(
		'None of these addresses is in the mailing list',
		'Check the list and the addresses.',
		'Email Address',
	),
	400: meaning('The account has no SMTP service yet', 'Set it up in SendPulse (SMTP), and run it again.'),
	401: meaning(
		'SendPulse did not accept the sign-in',
		'Enter ID and secret, or the API key, anew and press Test.',
	),
	403: meaning('The SendPulse account has expired or may not do this', 'Look at the plan of the account.'),
	422: meaning('SendPulse does not take a value of this request', 'Its own words below say which.'),
	502: meaning('The address is not there', 'Check the address.', 'Email Address'),
	503: meaning('The account has no such SMTP user', 'Set up the SMTP service in SendPulse.'),
	550: meaning('The email has too many recipients', 'Send it in several items.', 'To'),
	573: meaning('A template of this name is there already', 'Choose another name.', 'Name'),
	602: meaning('The campaign is not there, or was sent already', 'Check its ID and its state in SendPulse.'),
	701: meaning('The sender is missing', 'Fill in the sender.', 'From'),
	703: meaning(
		'SendPulse has no such mailing list',
		'Choose a list: it may have been deleted.',
		'Mailing List',
	),
	704: meaning('The account has no such sender', CONFIRM, 'From'),
	707: meaning('The balance is used up', 'Top up the account in SendPulse.'),
	708: meaning('The plan does not hold so many recipients', 'Send to fewer, or change the plan.'),
	711: meaning('It is too early for the next push', 'Wait, and run it again.'),
	720: meaning('The campaign has no subject', 'Fill in its subject.', 'Subject'),
	721: meaning('The campaign has no words', 'Fill in its body.'),
	722: meaning('The campaign has no mailing list', 'Choose a list.', 'Mailing List'),
	731: meaning(
		'SendPulse cannot read the variables',
		'Give each variable a name and a plain value.',
		'Variables',
	),
	791: meaning('Four campaigns an hour can be created through the API, and they are used up', WAIT_AN_HOUR),
	799: meaning('The date is not right, or is past', 'Choose a date in the future.'),
	800: meaning('This cannot be done in the present state', 'Look at its state in SendPulse.'),
	802: meaning('SendPulse has no such campaign', 'Check its ID.'),
	832: meaning('The list of addresses is empty or has another form', 'Check the addresses.', 'Email Address'),
	901: meaning('The sender has no name', 'Fill in the name.', 'Name'),
	902: meaning('This sender address is in use already', 'Use another address.', 'Email Address'),
	903: meaning('The sender has no address', 'Fill in the address.', 'Email Address'),
	904: meaning(
		'The address is on a blacklist',
		'Use another address, or ask SendPulse’s support.',
		'Email Address',
	),
	905: meaning(
		'The account has as many senders as it may have',
		'Delete one in SendPulse, or change the plan.',
	),
	906: meaning('The sender is no mail address', 'Correct the address.', 'Email Address'),
	999: meaning('SendPulse could not read the request', 'Check values from expressions, above all JSON.'),
	1003: meaning('The account has no such sender', CONFIRM, 'Email Address'),
	1004: meaning('A confirmation code was sent just now', 'Wait 15 minutes before you ask for another.'),
	1005: meaning('The sender was not confirmed', 'Check the code; ask for a new one if it is old.'),
	1101: meaning('The address is missing', 'Fill in the address.', 'Email Address'),
	1104: meaning('The confirmation code is missing', 'Fill in the code from the email.'),
	3030303030: meaning('The plan of the account does not allow this', 'Change the plan in SendPulse.'),
	2900: meaning('The template cannot be changed now', 'Wait until SendPulse has worked it off, or copy it.'),
};

/** Code 422 stands for many things: its words say for which (sendpulse.com/integrations/api/smtp and bulk-email). */
const WORDS: Array<[words: RegExp, Meaning]> = [
	[/sender is not valid/i, meaning('SendPulse does not send from this sender', CONFIRM, 'From')],
	[
		/dmarc/i,
		meaning(
			'The policy (DMARC) of the sender’s domain forbids this',
			'Set up DKIM for the domain in SendPulse, or send from another domain of your own.',
			'From',
		),
	],
	[
		/size limit/i,
		meaning('The email is larger than SendPulse takes', 'Attach less, or put links into it.', 'Attachments'),
	],
	[
		/max count/i,
		meaning('This is more than SendPulse takes at once, or in a day', 'Send fewer, or the rest tomorrow.'),
	],
	[
		/quota|tariff/i,
		meaning(
			'The plan is used up, or has ended',
			'Look at the plan and the balance of the account in SendPulse.',
		),
	],
];

/** What a code, with its words, means. */
export const meaningOf = (code: number | undefined, said = ''): Meaning | undefined =>
	(code === 422 ? WORDS.find(([words]) => words.test(said))?.[1] : undefined) ??
	(code === undefined ? undefined : MEANINGS[code]);
