import type { Client } from '../../../core/http/client';
import { eventPath, inZone, type EventTarget } from './fields';

interface When {
	start: { dateTime: string };
	originalStartTimeZone?: string;
}

/**
 * The day on which an event begins, `2026-12-01`, and the zone whose clocks say so: the chosen one, else that in which the event
 * was made (https://learn.microsoft.com/graph/api/resources/event), which may be on another day than the workflow's.
 */
export async function firstDay(
	target: EventTarget,
	{ chosen, usual }: { chosen: string; usual: string },
	client: Client,
): Promise<[day: string, zone: string]> {
	const read = async (zone: string) =>
		await client.send<When>({
			path: eventPath(target, client),
			query: { $select: 'start,originalStartTimeZone' },
			headers: inZone(zone),
			answer: ['start'],
		});
	const zone = chosen || usual;
	const { start, originalStartTimeZone: own } = await read(zone);
	// A zone that somebody has made up has no name that could be asked for: tzone://Microsoft/Custom.
	if (chosen !== '' || !own || own === zone || own.startsWith('tzone:'))
		return [start.dateTime.slice(0, 10), zone];
	return [(await read(own)).start.dateTime.slice(0, 10), own];
}
