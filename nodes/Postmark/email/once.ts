import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { sortedAddresses, type IdempotencyKey, type KeyedMessage } from '../../../core/batch/idempotency';
import type { Client } from '../../../core/http/client';
import type { IdempotencyStrategy } from '../../../core/node/idempotency';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { onceKeyField } from './onceFields';
import { KEY_NAME, SCOPE_NAME, SentMessages } from './sentMessages';
import { bareAddresses, type PostmarkEnvelope } from './wireMessage';

/** Characters of a metadata value (https://postmarkapp.com/support/article/1125-custom-metadata-faq). */
const MAX_VALUE = 80;
const DEFAULT_DAYS = 2;
const MAX_DAYS = 45;
const MIN_WAIT_SECONDS = 15;
const MAX_WAIT_SECONDS = 300;

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
export function markOf(item: ParameterReader): (IdempotencyKey & { isOwn?: true }) | undefined {
	switch (item.text('preventDoubleSending')) {
		case '':
		case 'none':
			return undefined;
		case 'key':
			return { ...ownKey(item), ...searchWait(item) };
		case 'execution':
			return { ...byExecution(item), ...searchWait(item) };
		default:
			throw item.fieldError(
				'preventDoubleSending',
				'must be one of none, execution and key',
				'Choose it from the list, or let the expression give one of these words.',
			);
	}
}

/** Where somebody waits for longer than this pack does by itself. */
function searchWait(item: ParameterReader): { searchWaitMs?: number } {
	const seconds = item.has('searchWait')
		? item.number('searchWait', { min: MIN_WAIT_SECONDS, max: MAX_WAIT_SECONDS })
		: MIN_WAIT_SECONDS;
	return seconds === MIN_WAIT_SECONDS ? {} : { searchWaitMs: seconds * 1_000 };
}

function ownKey(item: ParameterReader) {
	const { workflow, node } = item.origin;
	return {
		isOwn: true as const,
		scope: digest(['key', workflow, node]),
		key: asValue(item.filledText('onceKey')),
		days: item.has('lookBackDays') ? item.number('lookBackDays', { min: 1, max: MAX_DAYS }) : DEFAULT_DAYS,
	};
}

/** Of a question that an execution asks: sent once for all items, whatever breaks. */
export const markOfQuestion = (item: ParameterReader): IdempotencyKey => byExecution(item, 0);
export const onceAnExecution: IdempotencyStrategy = { ...once, keyOf: markOfQuestion };

function byExecution(item: ParameterReader, index = item.index): IdempotencyKey {
	const { instance, workflow, node, execution, run } = item.origin;
	return {
		// Execution numbers start anew in every n8n, and a workflow may be a copy of another one's.
		scope: digest(['execution', instance, workflow, node, execution, run]),
		// Items may come in another order when an execution is repeated: nobody's email may count for another's.
		key: digest([index, item.value('to')]),
		days: DEFAULT_DAYS,
	};
}

/** The metadata by which the email is found again. */
export const markEntries = (mark: IdempotencyKey | undefined): Array<[string, string]> =>
	mark === undefined
		? []
		: [
				[KEY_NAME, mark.key],
				[SCOPE_NAME, mark.scope],
			];

/** As it is when Postmark takes it as it is, so that people can search for it; else its digest. */
const asValue = (key: string): string =>
	key.length <= MAX_VALUE && /^[\x20-\x7e]+$/.test(key) ? key : digest([key]);

const digest = (facts: unknown[]): string =>
	createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
