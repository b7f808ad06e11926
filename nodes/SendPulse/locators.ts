import { locator } from '../../core/node/locator';

export const listLocator = locator({
	displayName: 'Mailing List',
	name: 'list',
	description: 'The mailing list to work on. SendPulse also calls it an address book.',
	search: 'searchLists',
	example: '756589',
});

export const campaignLocator = locator({
	displayName: 'Campaign',
	name: 'campaign',
	description: 'The campaign to work on; the list has the latest thousand',
	search: 'searchCampaigns',
	example: '245587',
});

export const templateLocator = locator({
	displayName: 'Template',
	name: 'template',
	description: 'One of the templates of your account',
	search: 'searchTemplates',
	example: '1042220',
});

export const senderLocator = locator({
	displayName: 'Sender',
	name: 'sender',
	description: 'An address that SendPulse has confirmed for you',
	search: 'searchSenders',
	example: 'shop@example.com',
});

export const tagLocator = locator({
	displayName: 'Tag',
	name: 'tag',
	description: 'One of the tags of your account',
	search: 'searchTags',
	example: '2506',
});

export const flowLocator = locator({
	displayName: 'Flow',
	name: 'flow',
	description: 'A flow of Automation 360; its ID is at the end of its address in SendPulse',
	search: 'searchFlows',
	example: '281013',
});
