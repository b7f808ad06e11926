import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { perItem } from '../../../core/node/operation';
import { numericId } from '../ids';
import { bounceLocator } from '../locators';

/** https://postmarkapp.com/developer/api/bounce-api#activate-bounce */
export const activate = perItem({
	name: 'Activate',
	value: 'activate',
	action: 'Activate the address of a bounce',
	description: 'Let Postmark send to the address again, once the cause of the bounce is gone',
	fields: [bounceLocator],
	read: (item) => numericId(item, 'bounce'),
	async call(id, client) {
		const { Bounce, Message } = await client.send<{ Bounce?: IDataObject; Message?: string }>({
			method: 'PUT',
			path: path`/bounces/${id}/activate`,
			answer: ['Bounce'],
			idempotent: true,
		});
		return { activated: true, ...(Message === undefined ? {} : { Message }), ...Bounce };
	},
});
