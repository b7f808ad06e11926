import { limitFields } from '../../../core/node/limitFields';
import { perItem } from '../../../core/node/operation';
import { filtersOf, streamFilter } from '../filters';
import { withoutSecrets } from '../secrets';
import { listWebhooks } from './model';

/** https://postmarkapp.com/developer/api/webhooks-api#list-webhooks */
export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many webhooks',
	description: 'Get the webhooks of one message stream, or of all that send',
	fields: [
		...limitFields,
		filtersOf([
			{
				...streamFilter,
				description:
					'Only webhooks of this message stream. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		]),
	],
	read: (item) => ({ limit: item.limit(), stream: item.collection('filters').text('messageStream') }),
	async call({ limit, stream }, client) {
		const webhooks = await listWebhooks(client, stream === '' ? undefined : stream);
		return webhooks.slice(0, limit).map(withoutSecrets);
	},
});
