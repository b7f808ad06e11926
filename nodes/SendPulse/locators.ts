import { locator } from '../../core/node/locator';

export const listLocator = locator({
	displayName: 'Mailing List',
	name: 'list',
	description: 'The mailing list to work on. SendPulse also calls it an address book.',
	search: 'searchLists',
	example: '756589',
});
