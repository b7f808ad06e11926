import type { ParameterReader } from '../../core/node/parameters/reader';

/** A time as Mailchimp takes it: ISO 8601 with an offset; a mere day is its beginning in UTC. Undefined for an empty field. */
export function isoTime(reader: ParameterReader, name: string): string | undefined {
	const time = reader.time(name);
	if (time === undefined) return undefined;
	return time.at === undefined ? `${time.day}T00:00:00+00:00` : new Date(time.at).toISOString();
}

/** A second, for bounds that are not said to be inclusive: asked a little wider, and what is outside does no harm. */
const EDGE_MS = 1_000;

export const justBefore = (moment: Date): string => new Date(moment.getTime() - EDGE_MS).toISOString();
export const justAfter = (moment: Date): string => new Date(moment.getTime() + EDGE_MS).toISOString();
