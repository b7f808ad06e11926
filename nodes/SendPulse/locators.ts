import type { INodeProperties } from 'n8n-workflow';

export const listLocator: INodeProperties = {
	displayName: 'Mailing List',
	name: 'list',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The mailing list to work on. SendPulse also calls it an address book.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchLists', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 756589' },
	],
};
