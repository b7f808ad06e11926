import type { IdempotencyKey } from '../../../core/batch/idempotency';
import { digest, markOf as markOfForm, type Mark } from '../../../core/node/marks';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { readMailbox } from '../mail/mailbox';

/** The mark of an item's message, by its form; it counts for one mailbox. */
export function markOf(item: ParameterReader): Mark | undefined {
	const mark = markOfForm(item, { keyLength: 500, days: { byDefault: 2, most: 90 } });
	return mark && { ...mark, scope: `${readMailbox(item).toLowerCase()} ${mark.scope}` };
}

export const mailboxOf = ({ scope }: Pick<IdempotencyKey, 'scope'>): string => scope.split(' ', 1)[0]!;

/** How a message carries its mark: every reader of it can see the line, so nothing of the key is in it. */
export const headerOf = ({ scope, key }: Pick<IdempotencyKey, 'scope' | 'key'>): string =>
	digest([scope, key]);
