import type { ErrorFacts } from '../../../core/errors';

export type Meaning = Pick<ErrorFacts, 'message' | 'remedy'> &
	Partial<Pick<ErrorFacts, 'canRetry' | 'field'>>;

const ADDRESS = 'Email Address';

/** Mailchimp's titles in plain words (https://mailchimp.com/developer/marketing/docs/errors/); keys without spaces, small. */
export const TITLES: Record<string, Meaning> = {
	// Of another audience: github.com/drewm/mailchimp-api/issues/210, github.com/tbar0970/jethro-pmm/issues/615.
	memberexists: {
		message: 'This address is in the audience already, or in another one of the account',
		remedy:
			'Use Member → Create or Update instead of Create: it also adds who is only in another audience. When an address is being changed, another contact has the new one already: archive that one first. Addresses that differ only in capital letters are the same.',
		field: ADDRESS,
	},
	forgottenemailnotsubscribed: {
		message: 'This contact was deleted for good, and Mailchimp does not let anybody add the address again',
		remedy:
			'Only the person can come back, with a signup form of the audience. Take the row out of your list.',
		field: ADDRESS,
	},
	membercompliancestate: {
		message: 'This contact unsubscribed, bounced or is under review, and cannot be subscribed for them',
		remedy:
			'Leave them out. Who unsubscribed and wants to come back can be asked with the status Pending: Mailchimp sends them a confirmation.',
		field: 'Status',
	},
	wrongdatacenter: {
		message: 'The API key belongs to another data center of Mailchimp',
		remedy:
			'The end of the key, such as -us19, names it. Copy the whole key again, and leave Base URL as it was.',
	},
	apikeyinvalid: {
		message: 'Mailchimp does not know this API key',
		remedy:
			'Copy it again from Mailchimp (Profile, Extras, API keys), or make a new one: it may have been revoked.',
	},
	apikeymissing: { message: 'The credential has no API key', remedy: 'Enter it in the credential.' },
	userdisabled: {
		message: 'Mailchimp has disabled this user or account',
		remedy: 'Sign in to Mailchimp in a browser: it says why, and what to do.',
	},
	forbidden: {
		message: 'Mailchimp does not let this user do that',
		remedy:
			'Look which role the operation needs (documentation page, “Roles”) and give the user that role, or use the key of a user who has it.',
	},
	resourcenotfound: {
		message: 'Mailchimp does not have it',
		remedy: 'Check the audience, and the address or ID: it may have been deleted, or be in another audience.',
	},
	methodnotallowed: {
		message: 'Mailchimp does not do that with this resource',
		remedy: 'Check the path and the method.',
	},
	invalidaction: {
		message: 'Mailchimp cannot do that in the present state',
		remedy: 'Mailchimp’s own words below say why.',
	},
	jsonparseerror: {
		message: 'Mailchimp could not read the request',
		remedy: 'Check the values that are JSON.',
	},
	compliancerelated: {
		message: 'Mailchimp has disabled this function for the account',
		remedy: 'Write to Mailchimp’s compliance team: their mail to the account owner has the address.',
	},
};

/** What to check when Mailchimp does not have it, by what the path is about. */
const MISSING: Array<[path: RegExp, remedy: string]> = [
	[/^\/reports\//, 'Check the campaign: only one that was sent has a report.'],
	[
		/^\/customer-journeys\//,
		'Check the URL of the step, and whether the contact is in the audience that the journey is for.',
	],
	[
		/^\/ecommerce\//,
		'Check the store, and the ID: it is the one that your shop gives. What is not there yet is made with Create or Update.',
	],
	[/^\/batches\//, 'Check the ID: Batch → Get Many shows the batches that Mailchimp still has.'],
	[/^\/(?!lists\/)/, 'Check the ID: it may have been deleted, or belong to another account.'],
];

/** @returns nothing for any other status, and for what is in an audience, of which the title speaks */
export function whereToLook(status: number, path: string): { remedy?: string } {
	const found = status === 404 ? MISSING.find(([about]) => about.test(path)) : undefined;
	return found === undefined ? {} : { remedy: found[1] };
}

/** What Mailchimp's words say where the title says nothing. */
export const WORDS: Array<[said: RegExp, Meaning]> = [
	[
		/looks fake or invalid/i,
		{
			message: 'Mailchimp takes this address for a fake one',
			remedy: 'Check the address. Test addresses, such as those at example.com, are refused.',
			field: ADDRESS,
		},
	],
	[
		/valid email address/i,
		{
			message: 'This is not a mail address',
			remedy: 'Enter one address without a name, like ana@example.com.',
			field: ADDRESS,
		},
	],
	[/permanently deleted/i, TITLES.forgottenemailnotsubscribed as Meaning],
	[/compliance state/i, TITLES.membercompliancestate as Meaning],
	[/already a list member/i, TITLES.memberexists as Meaning],
	[
		/too many|signed up to a lot/i,
		{
			message: 'This address has signed up to too many lists lately',
			remedy: 'Mailchimp protects people from floods of signups. Try again after some hours.',
			field: ADDRESS,
			canRetry: true,
		},
	],
	[
		/interest ID/i,
		{
			message: 'The audience has no such interest',
			remedy: 'Choose the interests from the list again.',
			field: 'Interests',
		},
	],
	[
		/tag name/i,
		{
			message: 'A tag’s name is empty or too long',
			remedy: 'A tag has up to 100 characters.',
			field: 'Tags',
		},
	],
	[
		/already exists/i,
		{
			message: 'There is one of this name already',
			remedy: 'Choose another name, or use the one that is there: Get Many shows it.',
			field: 'Name',
		},
	],
	[
		/with the provided ID does not exist/i,
		{
			message: 'Mailchimp does not know something that is named here',
			remedy:
				'Tell it of that first: customers and products come before the orders and carts that name them. Its own words below say what it is.',
		},
	],
	[
		/not provided:.*\bstatus\b/i,
		{
			message: 'The contact is not in the audience yet, and a new one needs a status',
			remedy: 'Set Status to Subscribed, or to Pending for Mailchimp to ask them first.',
			field: 'Status',
		},
	],
	[
		/not ready to send/i,
		{
			message: 'The campaign cannot be sent yet: something is missing',
			remedy:
				'Campaign → Get Checklist shows what. Set Content gives it its words; Update its sender, subject and audience.',
			field: 'Campaign',
		},
	],
	[
		/campaign has no content/i,
		{
			message: 'The campaign has no content yet',
			remedy: 'Give it its words with Campaign → Set Content.',
			field: 'Campaign',
		},
	],
	[
		/limit of this resource|reached (?:the|your) (?:limit|maximum)/i,
		{
			message: 'Mailchimp allows no more of these',
			remedy: 'Delete one that is not needed, or look in Mailchimp what your plan allows.',
		},
	],
	[
		/marketing permission/i,
		{
			message: 'The audience has no such marketing permission',
			remedy: 'Turn on GDPR fields for the audience in Mailchimp, and choose the permission again.',
			field: 'Marketing Permissions',
		},
	],
];
