import type { Meanings } from './meaning';

const A_SERVERS_TOKEN =
	'Put the API token of a server into the credential. One of the type Sandbox accepts everything and delivers nothing: choose that type when you create a server in Postmark.';

/**
 * What codes mean for the token POSTMARK_API_TEST, which checks emails and belongs to no server
 * (https://github.com/ActiveCampaign/postmark.js/issues/56).
 */
export const UNDER_TEST_TOKEN: Meanings = {
	10: {
		message: "Postmark’s test token only checks emails of 'Send', and opens nothing else",
		remedy: A_SERVERS_TOKEN,
	},
	1101: {
		message: 'Postmark’s test token has no templates, because it belongs to no server',
		remedy: A_SERVERS_TOKEN,
	},
};
