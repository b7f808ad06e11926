import { ServiceError, toServiceError } from '../../../../core/errors';
import type { Client } from '../../../../core/http/client';
import { messagePath, type Target } from '../../api/messages';
import { LATER } from '../../connection';
import { LETS_GO_AT } from '../compose';
import { sendOwnDraft } from '../deliver';
import type { Board, Taken } from './board';

/** So long before its slot a draft must be let go: Exchange sends at once what comes later. */
const LEAST_MS = 10_000;

/**
 * Lets a draft go, in its slot or, where that has come too near while the draft waited for its turn, in a later one: many
 * that waited together would leave together.
 *
 * @returns when it leaves, in epoch milliseconds
 */
export async function letGo(
	draft: Target,
	planned: Taken,
	{ board, take }: { board: Board; take: () => Promise<Taken> },
	client: Client,
): Promise<number> {
	for (let slot = planned; ;) {
		const isTooLate = () => slot.at < Date.now() + LEAST_MS;
		let wasKept = false;
		try {
			await sendOwnDraft(draft.mailbox, draft.id, client, {
				countedAs: LATER,
				onAttempt() {
					wasKept = isTooLate();
					if (wasKept) throw tooLate();
				},
			});
			board.use(slot, draft.id);
			return slot.at;
		} catch (error) {
			if (toServiceError(error, 'unknown').outcome === 'unknown') board.use(slot);
			else board.giveBack(slot);
			if (!wasKept) throw error;
		}
		slot = await take();
		await postpone(draft, slot, client).catch((error: unknown) => {
			board.giveBack(slot);
			throw error;
		});
	}
}

const tooLate = (): ServiceError =>
	new ServiceError({
		message: 'The message waited so long that its slot has passed',
		remedy: 'Run it again.',
		outcome: 'notSent',
		canRetry: true,
	});

/** Gives a draft another time to leave at (https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-post-singlevalueextendedproperties). */
const postpone = async (draft: Target, { at }: Taken, client: Client): Promise<unknown> =>
	await client.send({
		method: 'PATCH',
		path: messagePath(draft, client),
		body: { singleValueExtendedProperties: [{ id: LETS_GO_AT, value: new Date(at).toISOString() }] },
		idempotent: true,
		answer: 'anything',
	});
