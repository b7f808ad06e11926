import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { IdempotencyKey } from '../../../core/batch/idempotency';
import type { IdempotencyStrategy } from '../../../core/node/idempotency';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import type { Origin } from '../../../core/node/parameters/parameters';
import { KEY_NAME, SCOPE_NAME, SentMessages } from './sentMessages';

/** Characters of a metadata value (https://postmarkapp.com/support/article/1125-custom-metadata-faq). */
const MAX_VALUE = 80;
const DEFAULT_DAYS = 2;
const MAX_DAYS = 45;

export const once: IdempotencyStrategy = {
	keyOf: markOf,
	finder: (client, total) => new SentMessages(client, total),
	alreadySent: ({ MessageID, To, SubmittedAt }: IDataObject) => ({
		alreadySent: true,
		MessageID,
		To,
		SubmittedAt,
		Message: `Already sent${typeof SubmittedAt === 'string' ? ` at ${SubmittedAt}` : ''}, and not sent again`,
	}),
};

/** The mark of an item's email, by its options; undefined when it may go out twice. */
export function markOf(item: ParameterReader): IdempotencyKey | undefined {
	const options = item.collection('options');
	switch (options.text('preventDoubleSending')) {
		case '':
		case 'none':
			return undefined;
		case 'key':
			return ownKey(options, item.origin);
		case 'execution':
			return byExecution(item);
		default:
			throw options.fieldError(
				'preventDoubleSending',
				'must be one of none, execution and key',
				'Choose it from the list, or let the expression give one of these words.',
			);
	}
}

const ownKey = (options: ParameterReader, { workflow, node }: Origin): IdempotencyKey => ({
	scope: digest(['key', workflow, node]),
	key: asValue(options.requiredText('onceKey')),
	days: options.has('lookBackDays')
		? options.number('lookBackDays', { min: 1, max: MAX_DAYS })
		: DEFAULT_DAYS,
});

function byExecution(item: ParameterReader): IdempotencyKey {
	const { instance, workflow, node, execution, run } = item.origin;
	return {
		// Execution numbers start anew in every n8n, and a workflow may be a copy of another one's.
		scope: digest(['execution', instance, workflow, node, execution, run]),
		// Items may come in another order when an execution is repeated: nobody's email may count for another's.
		key: digest([item.index, item.value('to')]),
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
