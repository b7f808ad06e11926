import { brokenSearch, SUPPORT, type Meanings } from './meaning';

const SIGNATURE = 'Sender Signature';
const COLOURS = 'Purple, Blue, Turquoise, Green, Red, Orange, Yellow or Grey';

/** Sender signatures, domains and servers. */
export const account: Meanings = {
	500: brokenSearch('sender signatures'),
	501: {
		message: 'Postmark does not know this sender signature',
		remedy: 'Choose it from the list again: it may have been deleted.',
		field: SIGNATURE,
	},
	502: {
		message: 'Postmark received nothing to change in the sender signature',
		remedy: 'Add at least one field to change.',
		field: 'Update Fields',
	},
	503: {
		message: 'The address is on a public mail domain, which cannot send through Postmark',
		remedy: 'Use an address of a domain that is your own, not one of gmail.com, qq.com and the like.',
		field: 'From Email',
	},
	504: {
		message: 'There is a sender signature for this address already',
		remedy: 'Use the one that is there: Get Many shows it.',
		field: 'From Email',
	},
	505: {
		message: 'A new DKIM key is on its way already',
		remedy: 'Put the pending key into DNS first: Get shows it as DKIMPendingHost and DKIMPendingTextValue.',
	},
	506: {
		message: 'This sender signature is confirmed already',
		remedy: 'Nothing has to be done: it can send.',
		field: SIGNATURE,
	},
	507: {
		message: 'This sender signature belongs to another account',
		remedy: 'Use the token of the account that it belongs to.',
		field: SIGNATURE,
	},
	510: {
		message: 'Postmark does not know this domain',
		remedy: 'Choose it from the list again: it may have been deleted.',
		field: 'Domain',
	},
	511: {
		message: 'Postmark refused a field of the domain',
		remedy: 'Correct the field that Postmark names.',
	},
	512: {
		message: 'The domain is there already',
		remedy: 'Use the one that is there: Get Many shows it. Another Postmark account may hold it too.',
		field: 'Name',
	},
	513: {
		message: 'This domain belongs to another account',
		remedy: 'Use the token of the account that it belongs to.',
		field: 'Domain',
	},
	514: { message: 'The domain has no name', remedy: 'Fill it in, like example.com.', field: 'Name' },
	515: {
		message: 'The name of the domain is too long',
		remedy: 'Postmark takes 255 characters.',
		field: 'Name',
	},
	516: {
		message: 'This is not a domain name',
		remedy: 'Write it like example.com, without https:// and without a path.',
		field: 'Name',
	},
	520: {
		message: 'A field is missing that a sender signature needs',
		remedy: 'Fill in the name and the address.',
		field: 'From Email',
	},
	521: {
		message: 'A field of the sender signature is too long',
		remedy: 'Shorten the field that Postmark names; the personal note takes 400 characters.',
	},
	522: {
		message: 'Postmark refused a value of the sender signature',
		remedy: 'Correct the field that Postmark names.',
	},
	600: brokenSearch('servers'),
	602: {
		message: 'Another server receives mail for this inbound domain already',
		remedy: 'Use another domain, or take it from the other server first.',
		field: 'Inbound Domain',
	},
	603: {
		message: 'There is a server with this name already',
		remedy: 'Choose another name.',
		field: 'Name',
	},
	604: {
		message: 'This account may not delete servers through the API',
		remedy: 'Ask Postmark’s support to allow it, or delete the server on Postmark’s page.',
		field: 'Server',
	},
	605: {
		message: 'Postmark could not delete the server',
		remedy: `Look at it on Postmark’s page. ${SUPPORT}`,
		field: 'Server',
	},
	606: {
		message: 'Postmark cannot call this webhook address',
		remedy:
			'Enter an address that starts with https:// and can be reached from the internet: addresses of an internal network are refused.',
		field: 'URL',
	},
	607: {
		message: 'Postmark has no such colour for a server',
		remedy: `Choose ${COLOURS}.`,
		field: 'Color',
	},
	608: {
		message: 'The name of the server is missing or not valid',
		remedy: 'Fill in a name.',
		field: 'Name',
	},
	609: {
		message: 'Postmark received nothing to change in the server',
		remedy: 'Add at least one field to change.',
		field: 'Update Fields',
	},
	610: {
		message: 'The inbound domain does not send its mail to Postmark',
		remedy: 'Set its MX record in DNS to inbound.postmarkapp.com, wait for DNS, then run it again.',
		field: 'Inbound Domain',
	},
	611: {
		message: 'The spam threshold is not one that Postmark takes',
		remedy: 'Choose a number from 0 to 30 in steps of 5.',
		field: 'Inbound Spam Threshold',
	},
};
