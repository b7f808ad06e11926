import type { IDataObject } from 'n8n-workflow';
import { sortedAddresses, type IdempotencyKey, type KeyedMessage } from '../../../core/batch/idempotency';
import type { Client } from '../../../core/http/client';
import type { IdempotencyStrategy } from '../../../core/node/idempotency';
import { markByExecution, markOf as markOfForm, type Mark, type MarkLimits } from '../../../core/node/marks';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { onceKeyField } from './onceFields';
import { KEY_NAME, SCOPE_NAME, SentMessages } from './sentMessages';
import { bareAddresses, type PostmarkEnvelope } from './wireMessage';

const LIMITS: MarkLimits = {
	/** Characters of a metadata value (https://postmarkapp.com/support/article/1125-custom-metadata-faq). */
	keyLength: 80,
	days: { byDefault: 2, most: 45 },
	waitSeconds: { least: 15, most: 300 },
};

export const once: IdempotencyStrategy<Client, OutgoingEmail> = {
	keyField: onceKeyField.displayName,
	keyOf(item, email) {
		const mark = markOf(item);
		// A key by execution and item cannot be the same for two items.
		return mark?.isOwn ? { ...mark, message: keyedMessage(email) } : mark;
	},
	finder: (client, total) => new SentMessages(client, total),
	alreadySent: ({ MessageID, To, SubmittedAt }: IDataObject) => ({
		alreadySent: true,
		MessageID,
		To,
		SubmittedAt,
		Message: `Already sent${typeof SubmittedAt === 'string' ? ` at ${SubmittedAt}` : ''}, and not sent again`,
	}),
};

/** What is looked at of an email that goes out with a key. */
type OutgoingEmail = Pick<PostmarkEnvelope, 'To' | 'Cc' | 'Bcc' | 'Subject'> & {
	TemplateId?: number | undefined;
	TemplateAlias?: string | undefined;
};

function keyedMessage({ To, Cc, Bcc, Subject, TemplateId, TemplateAlias }: OutgoingEmail): KeyedMessage {
	const template = TemplateAlias ?? TemplateId;
	return {
		recipients: sortedAddresses([To, Cc, Bcc].flatMap(bareAddresses)),
		...(Subject === undefined ? {} : { subject: Subject }),
		...(template === undefined ? {} : { template: String(template) }),
	};
}

/** The mark of an item's email, by its form; undefined when it may go out twice. */
export const markOf = (item: ParameterReader): Mark | undefined => markOfForm(item, LIMITS);

/** Of a question that an execution asks: sent once for all items, whatever breaks. */
export const markOfQuestion = (item: ParameterReader): IdempotencyKey =>
	markByExecution(item, LIMITS.days.byDefault, 0);
export const onceAnExecution: IdempotencyStrategy = { ...once, keyOf: markOfQuestion };

/** The metadata by which the email is found again. */
export const markEntries = (mark: IdempotencyKey | undefined): Array<[string, string]> =>
	mark === undefined
		? []
		: [
				[KEY_NAME, mark.key],
				[SCOPE_NAME, mark.scope],
			];
