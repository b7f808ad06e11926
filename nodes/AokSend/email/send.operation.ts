import { hintMissingImages } from '../../../core/mail/inlineImages';
import { perItem } from '../../../core/node/operation';
import { notOffered, post, SEND_EMAIL } from '../post';
import { productOf } from '../products';
import { readRecipient, toField } from './fields';

/**
 * 蜂邮, enterprise edition: apifox.com/apidoc/shared-c8d42c32-1e1b-43c8-8d18-716b822bfb20. Its page names these fields and
 * no others, and is marked as in development.
 */
export const send = perItem({
	name: 'Send',
	value: 'send',
	action: 'Send an email',
	description: 'Send one email for each item, with a subject and words of your own (蜂邮)',
	fields: [
		toField,
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Your invoice',
			description: 'The subject line',
		},
		{
			displayName: 'HTML Body',
			name: 'html',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			default: '',
			placeholder: 'e.g. <p>Your invoice is ready.</p>',
			description: 'The email as a formatted page',
		},
	],
	read(item, feedback) {
		for (const name of ['subject', 'html']) {
			item.requiredText(name);
			item.words(name);
		}
		// As it is: white space can matter.
		const html = String(item.value('html'));
		hintMissingImages(html, [], item, item, feedback);
		return { to: readRecipient(item), subject: item.text('subject'), html };
	},
	async call(fields, client) {
		if (productOf(client.credential).words !== 'own')
			throw notOffered(
				client,
				'sends by template only',
				'Use the operation Send With Template, or a credential of 蜂邮.',
			);
		return { to: fields.to, ...(await post(client, { path: SEND_EMAIL, fields, idempotent: false })) };
	},
});
