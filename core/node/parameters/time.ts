/** A day as it was written, and the moment when a time of day came with it. */
export interface Time {
	/** `2026-11-21` */
	day: string;
	at?: Date;
}

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * What a date field holds: text from the calendar or from data, or a date object from an expression (n8n's are Luxon's).
 * Undefined when it is no date. `zone` is the IANA name of the zone that text without one is in.
 */
export function readTime(value: unknown, zone: string): Time | undefined {
	if (value instanceof Date) return momentOf(value, zone);
	if (typeof value === 'number') return momentOf(new Date(value), zone);
	if (typeof value === 'object' && value !== null && 'toJSDate' in value)
		return momentOf((value as { toJSDate(): Date }).toJSDate(), zone);
	const [, day, clock, offset] = WRITTEN.exec(String(value).trim()) ?? [];
	if (day === undefined || !isDay(day)) return undefined;
	if (clock === undefined) return { day };
	const written = `${day}T${clock.length === 5 ? `${clock}:00` : clock}`;
	const at = offset === undefined ? inZone(written, zone) : new Date(`${written}${offset.toUpperCase()}`);
	return Number.isNaN(at.getTime()) ? undefined : { day: wallClock(at, zone).slice(0, 10), at };
}

/** What clocks in a zone show at a moment: `2026-11-21T09:30:00`. */
export function wallClock(at: Date, zone: string): string {
	// Sweden writes dates the way ISO 8601 does.
	return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
		.format(at)
		.replace(' ', 'T');
}

function momentOf(at: Date, zone: string): Time | undefined {
	return Number.isNaN(at.getTime()) ? undefined : { day: wallClock(at, zone).slice(0, 10), at };
}

/** The moment at which a zone's clocks show this. The offset is taken twice: around a change of the clocks it moves. */
function inZone(written: string, zone: string): Date {
	const asUtc = Date.parse(`${written}Z`);
	if (Number.isNaN(asUtc)) return new Date(NaN);
	const ahead = (at: number) => Date.parse(`${wallClock(new Date(at), zone)}Z`) - at;
	return new Date(asUtc - ahead(asUtc - ahead(asUtc)));
}

/** Dates such as 31 February are read as 3 March by the language. */
function isDay(day: string): boolean {
	const at = new Date(`${day}T00:00:00Z`);
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
