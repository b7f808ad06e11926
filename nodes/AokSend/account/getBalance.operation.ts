import { perItem } from '../../../core/node/operation';
import { notOffered, post } from '../post';
import { productOf } from '../products';

/** https://www.aoksend.com/check_balance_api.html. It comes as a number or as text. */
export const getBalance = perItem({
	name: 'Get Balance',
	value: 'getBalance',
	action: 'Get the balance of the account',
	description: 'Get how many emails the AokSend account may still send',
	fields: [],
	read: () => undefined,
	async call(_, client) {
		if (!productOf(client.credential).tellsBalance)
			throw notOffered(
				client,
				'tells no balance, as far as is published',
				'Look at its website, or use a credential of AokSend.',
			);
		const answer = await post(client, { path: CHECK_ACCOUNT, fields: {}, idempotent: true });
		const balance = Number(answer.account);
		return { ...answer, ...(Number.isFinite(balance) ? { balance } : {}) };
	},
});

export const CHECK_ACCOUNT = '/index/api/check_account';
