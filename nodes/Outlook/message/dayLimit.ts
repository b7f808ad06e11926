import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { limiterFor } from '../../../core/http/limiter';
import type { RunFeedback } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { counted } from '../../../core/text';

const MINUTE_MS = 60_000;
/** How often it is tried whether the day has room again, and how long an hour of waiting is; tests have less time. */
export const patience = { probeMs: 10 * MINUTE_MS, hourMs: 60 * MINUTE_MS };

export const dayLimitOptions: INodeProperties[] = [
	{
		displayName: 'When the Day Is Used Up',
		name: 'dayUsedUp',
		type: 'options',
		options: [
			{
				name: 'Hand Back',
				value: 'handBack',
				description: 'Items that do not fit fail as not sent, and the workflow goes on',
			},
			{
				name: 'Wait',
				value: 'wait',
				description: 'The workflow waits until the mailbox may send again. Queue does it without waiting.',
			},
		],
		default: 'handBack',
		description: 'What becomes of messages beyond the recipients that a mailbox may write to in 24 hours',
	},
	{
		displayName: 'Wait at Most (Hours)',
		name: 'waitHours',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 48 },
		default: 24,
		description: 'After this, what is left fails as not sent',
	},
];

/** How long to wait for the next day, in milliseconds; 0: not at all. */
export function readDayPatience(options: ParameterReader): number {
	if (options.option('dayUsedUp') !== 'wait') return 0;
	const hours = options.has('waitHours') ? options.number('waitHours', { min: 1, max: 48 }) : 24;
	return hours * patience.hourMs;
}

/** Mailboxes whose day is used up, as long as somebody waits: who comes days later finds out for itself. */
const full = new Set<string>();

/**
 * Sends, and when the day's recipients are used up, tries again until they are not. Of those that wait for one mailbox, one
 * tries; the others go when it got through.
 *
 * @throws {ServiceError} of the refusal, when patience ends
 */
export async function withinDay(
	send: () => Promise<IDataObject>,
	mailbox: string,
	patienceMs: number,
	client: Client,
	feedback: RunFeedback,
): Promise<IDataObject> {
	const name = `day ${mailbox.toLowerCase()}`;
	const since = Date.now();
	if (patienceMs > 0 && full.has(`${client.account} ${name}`)) return await waited();
	try {
		return await send();
	} catch (error) {
		if (patienceMs === 0 || !isDayUsedUp(error)) throw error;
		return await waited();
	}

	async function waited(): Promise<IDataObject> {
		const own = `${client.account} ${name}`;
		full.add(own);
		feedback.hint(
			`The mailbox ${mailbox || 'of who signed in'} had written to as many people as it may in 24 hours. The workflow waited until it might send again, for ${counted(patienceMs / patience.hourMs, 'hour')} at most. Queue sends such a number without waiting.`,
		);
		const inTurn = limiterFor(client.account, { concurrency: 1 }, name).run(async () => {
			let refusal: ServiceError | undefined;
			const row = await client.until(
				async () => {
					const minutes = Math.round((Date.now() - since) / MINUTE_MS);
					feedback.progress(
						minutes,
						patienceMs / MINUTE_MS,
						'minutes waited for the next day of the mailbox',
					);
					try {
						return await send();
					} catch (error) {
						if (!isDayUsedUp(error)) throw error;
						refusal = error;
						return undefined;
					}
				},
				(sent) => sent !== undefined || Date.now() - since >= patienceMs,
				{ firstMs: patience.probeMs, slowestMs: patience.probeMs, patienceMs: Infinity },
			);
			if (row === undefined) throw gaveUp(refusal!, patienceMs);
			return { ...row, waitedMinutes: Math.round((Date.now() - since) / MINUTE_MS) };
		});
		return await inTurn.finally(() => full.delete(own));
	}
}

const isDayUsedUp = (error: unknown): error is ServiceError =>
	error instanceof ServiceError &&
	error.facts.status === 429 &&
	error.facts.code === 'ErrorExceededMessageLimit';

const gaveUp = (refusal: ServiceError, patienceMs: number): ServiceError =>
	refusal.with({
		message: `${refusal.message}. It was waited for ${counted(patienceMs / patience.hourMs, 'hour')}`,
	});
