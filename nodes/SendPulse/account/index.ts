import { path } from '../../../core/http/path';
import { perItem, resource } from '../../../core/node/operation';

/** https://sendpulse.com/integrations/api: `/user/balance/detail`, `/balance/{currency}`. */
const getBalance = perItem({
	name: 'Get Balance',
	value: 'getBalance',
	action: 'Get the balance of the account',
	description: 'Get the money, the plans and how many emails and subscribers are left',
	fields: [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What most do without',
			options: [
				{
					displayName: 'Currency',
					name: 'currency',
					type: 'string',
					default: '',
					placeholder: 'e.g. EUR',
					description: 'Get the money alone, in this currency',
				},
			],
		},
	],
	read(item) {
		const options = item.collection('options');
		const currency = options.text('currency').toUpperCase();
		if (currency !== '' && !/^[A-Z]{3}$/.test(currency))
			throw options.fieldError('currency', 'is not a currency', 'Enter its three letters, like EUR.');
		return currency;
	},
	call: async (currency, client) =>
		await client.get(currency === '' ? '/user/balance/detail' : path`/balance/${currency}`),
});

export const account = resource({ name: 'Account', value: 'account', operations: [getBalance] });
