import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import { batched, done, failed } from '../../../core/node/operation';
import { emailIdField } from './get.operations';

/** https://sendpulse.com/integrations/api/smtp: `POST /smtp/emails/info` takes 500 IDs. */
export const getStatuses = batched<string>({
	name: 'Get Statuses',
	value: 'getStatuses',
	action: 'Get the statuses of many emails',
	description: 'Get what became of the email of each item, up to 500 in one request',
	fields: [emailIdField],
	read: (item) => item.requiredText('id'),
	chunk: { items: 500, bytes: 2_000_000, split: (id) => ({ common: {}, own: id }) },
	async call(chunk, client) {
		const json = chunk.json('emails');
		const answer = await client.send<IDataObject[]>({
			method: 'POST',
			path: '/smtp/emails/info',
			json,
			// It only asks.
			idempotent: true,
			answer: 'list',
		});
		const known = new Map(answer.map((email) => [String(email.id), email]));
		const { emails } = JSON.parse(String(json)) as { emails: string[] };
		return emails.map((id) => {
			const email = known.get(id);
			return email === undefined ? failed(unknown()) : done(email);
		});
	},
});

const unknown = () =>
	new ServiceError({
		service: 'SendPulse',
		message: 'SendPulse does not know an email of this ID',
		remedy: 'Check the ID: it is what sending has given. A new email is known after a while.',
		field: 'Email ID',
		code: '14',
	});
