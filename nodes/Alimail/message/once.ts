import type { IDataObject } from 'n8n-workflow';
import { sortedAddresses } from '../../../core/batch/idempotency';
import type { Client } from '../../../core/http/client';
import type { IdempotencyStrategy } from '../../../core/node/idempotency';
import type { Outgoing } from './compose';
import { markOf } from './mark';
import { onceKeyField } from './onceFields';
import { SentMail } from './sentMail';

export const once: IdempotencyStrategy<Client, Outgoing> = {
	keyField: onceKeyField.displayName,
	keyOf(item, { message: { subject, toRecipients, ccRecipients } }) {
		const mark = markOf(item);
		return (
			mark && {
				...mark,
				message: {
					// A sent message may not show who got a blind copy.
					recipients: sortedAddresses([...toRecipients, ...ccRecipients].map(({ email }) => String(email))),
					subject,
				},
			}
		);
	},
	finder: (client) => new SentMail(client),
	alreadySent: ({ id, subject, toRecipients, sentDateTime }: IDataObject) => ({
		alreadySent: true,
		id,
		subject,
		toRecipients,
		sentDateTime,
	}),
};
