import { WAIT_INDEFINITELY } from 'n8n-workflow';
import type { ParameterReader } from '../node/parameters/reader';

const UNIT_MS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** Until when the execution waits; without a limit for ever, as n8n's own nodes do. */
export function readWaitLimit(item: ParameterReader, now = Date.now()): Date {
	const options = item.collection('options');
	const [limit] = options.fixedCollection('limitWaitTime', 'values');
	if (limit === undefined) return WAIT_INDEFINITELY;
	if (limit.option('limitType') === 'afterTimeInterval') {
		const amount = limit.number('resumeAmount', { min: 0 });
		return new Date(now + amount * UNIT_MS[limit.option('resumeUnit')]!);
	}
	const { at, day } = limit.time('maxDateAndTime') ?? {};
	if (at !== undefined) return at;
	throw limit.fieldError(
		'maxDateAndTime',
		day === undefined ? 'is empty' : `has no time of day: “${day}”`,
		'Choose a date and a time in the calendar.',
	);
}
