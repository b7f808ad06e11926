import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../core/node/locator';

export const audienceLocator = locator({
	displayName: 'Audience',
	name: 'audience',
	description:
		'The audience, which Mailchimp’s API calls a list. Its ID is in Mailchimp under Audience, Settings, Audience name and defaults.',
	search: 'searchAudiences',
	example: 'a1b2c3d4e5',
});

/** Who: the address is what people have at hand, the others come out of other operations. */
export const memberField: INodeProperties = {
	displayName: 'Email Address or ID',
	name: 'member',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. ana@example.com',
	description:
		'The contact’s email address, subscriber hash or contact ID, which come out of other operations',
};
