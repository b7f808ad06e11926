import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { ServiceError } from '../../../core/errors';
import { sortedAddresses } from '../../../core/batch/idempotency';
import type { Chunk } from '../../../core/batch/chunks';
import { matchAnswers } from '../../../core/batch/echoes';
import { done, failed, type RunFeedback, type ItemResult } from '../../../core/node/operation';
import { hintSandboxServer } from '../delivery';
import { inactiveIn } from '../errors';
import { isTestToken, messageError } from '../connection';
import { bareAddresses } from './wireMessage';

/** https://postmarkapp.com/developer/api/email-api#send-batch-emails */
export const BATCH = {
	items: 500,
	bytes: 50 * 1000 * 1000,
	echo: ({ To }: { To?: string }) => addressesOf(To),
};

export const WHAT_TO_CHECK =
	'Look at the Activity page of the Postmark server whether these emails are there.';

/**
 * Hands a batch over; one answer for each email, in its order. HTTP says 200 whatever becomes of the single email.
 *
 * @param key where the emails are in the body; without it they are the body
 */
export async function sendBatch(
	path: string,
	emails: Chunk,
	client: Client,
	feedback: RunFeedback,
	key?: string,
): Promise<ItemResult[]> {
	hintTestToken(client, feedback);
	const answers = await client.send<unknown>({
		method: 'POST',
		path,
		answer: 'list',
		json: emails.json(key),
		onAttempt: emails.beforeSending,
		idempotent: false,
		manualCheck: WHAT_TO_CHECK,
	});
	const all = Array.isArray(answers) ? (answers as unknown[]) : [];
	const parts = matchAnswers(emails.echoes, all, (answer) => {
		const { To } = (answer ?? {}) as { To?: unknown };
		return typeof To === 'string' && To !== '' ? addressesOf(To) : undefined;
	}).map((answer) => partOf(answer, isTestToken(client.credential.serverToken)));
	if (parts.some((part) => 'done' in part)) await hintSandboxServer(client, feedback);
	if (parts.some(leavesSomeoneOut))
		feedback.hint(
			'Some emails went to only a part of their recipients: “Message” in those items names the inactive addresses that Postmark left out.',
		);
	return parts;
}

export function hintTestToken(client: Client, feedback: RunFeedback): void {
	if (isTestToken(client.credential.serverToken))
		feedback.hint(
			'Not delivered: the credential holds Postmark’s test token, which checks emails and sends none.',
		);
}

/** An email's recipients, however the service writes them: Postmark repeats `To` in the answer of what it accepted. */
const addressesOf = (list = ''): string => sortedAddresses(bareAddresses(list)).join(' ');

/** One message's answer in a batch: `To` and `MessageID` are missing when it was refused. */
function partOf(answer: unknown, isTest: boolean): ItemResult {
	const { ErrorCode, Message } = (answer ?? {}) as { ErrorCode?: unknown; Message?: unknown };
	if (typeof ErrorCode !== 'number')
		return failed(
			new ServiceError({
				service: 'Postmark',
				message:
					answer === undefined
						? 'The answers that came back do not fit the emails that went out, and none is certainly for this one. It is not known whether it was accepted'
						: 'An answer came back that does not say whether this email was accepted',
				remedy: `${WHAT_TO_CHECK} Nothing was repeated.`,
				outcome: 'unknown',
			}),
		);
	return ErrorCode === 0
		? done({ ...(answer as IDataObject) })
		: failed(messageError(ErrorCode, String(Message ?? ''), isTest));
}

const leavesSomeoneOut = (part: ItemResult): boolean =>
	'done' in part && inactiveIn(String(part.done.Message)) !== undefined;
