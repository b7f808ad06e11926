import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { Failure } from '../../../core/http/failure';
import { done, failed, type Notes, type Part } from '../../../core/node/operation';
import { hintSandboxServer } from '../delivery';
import { inactiveIn } from '../errors';
import { isTestToken, messageFailure } from '../transport';

/** https://postmarkapp.com/developer/api/email-api#send-batch-emails */
export const BATCH = { items: 500, bytes: 50 * 1000 * 1000 };

export const WHAT_TO_CHECK =
	'Look at the Activity page of the Postmark server whether these emails are there.';

/** Hands a batch over; one answer for each email, in its order. HTTP says 200 whatever becomes of the single email. */
export async function sendBatch(path: string, json: Buffer, client: Client, notes: Notes): Promise<Part[]> {
	hintTestToken(client, notes);
	const answers = await client.send<unknown>({
		method: 'POST',
		path,
		json,
		repeat: 'unknown',
		whatToCheck: WHAT_TO_CHECK,
	});
	const parts = Array.isArray(answers) ? answers.map(partOf) : [];
	if (parts.some((part) => 'done' in part)) await hintSandboxServer(client, notes);
	if (parts.some(leavesSomeoneOut))
		notes.hint(
			'Some emails went to only a part of their recipients: “Message” in those items names the inactive addresses that Postmark left out.',
		);
	return parts;
}

export function hintTestToken(client: Client, notes: Notes): void {
	if (isTestToken(client.credential.serverToken))
		notes.hint(
			'Not delivered: the credential holds Postmark’s test token, which checks emails and sends none.',
		);
}

/** One message's answer in a batch: `To` and `MessageID` are missing when it was refused. */
function partOf(answer: unknown): Part {
	const { ErrorCode, Message } = (answer ?? {}) as { ErrorCode?: unknown; Message?: unknown };
	if (typeof ErrorCode !== 'number')
		return failed(
			new Failure({
				service: 'Postmark',
				message: 'An answer came back that does not say whether this email was accepted',
				remedy: WHAT_TO_CHECK,
				outcome: 'unknown',
			}),
		);
	return ErrorCode === 0
		? done({ ...(answer as IDataObject) })
		: failed(messageFailure(ErrorCode, String(Message ?? '')));
}

const leavesSomeoneOut = (part: Part): boolean =>
	'done' in part && inactiveIn(String(part.done.Message)) !== undefined;
