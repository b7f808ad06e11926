import { badRequest } from './errors';

/** Some of Windows' names, as `supportedTimeZones` lists them. */
const WINDOWS: Record<string, string> = {
	UTC: 'UTC',
	'GMT Standard Time': 'Europe/London',
	'W. Europe Standard Time': 'Europe/Berlin',
	'Romance Standard Time': 'Europe/Paris',
	'China Standard Time': 'Asia/Shanghai',
	'Tokyo Standard Time': 'Asia/Tokyo',
	'Pacific Standard Time': 'America/Los_Angeles',
	'Eastern Standard Time': 'America/New_York',
	'India Standard Time': 'Asia/Kolkata',
};

export const zones = (): Array<{ alias: string; displayName: string }> =>
	Object.entries(WINDOWS).map(([alias, iana]) => ({ alias, displayName: `(${iana}) ${alias}` }));

/** @throws {GraphError} 400 for a zone that nobody knows */
function iana(name: string): string {
	const zone = WINDOWS[name] ?? name;
	try {
		new Intl.DateTimeFormat('en', { timeZone: zone });
		return zone;
	} catch {
		throw badRequest(
			`A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`,
			'TimeZoneNotSupportedException',
		);
	}
}

const shown = (at: number, zone: string): string =>
	new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
		.format(at)
		.replace(' ', 'T');

/** The moment of `{ dateTime, timeZone }`. */
export function momentOf(value: unknown): number {
	const { dateTime = '', timeZone = 'UTC' } = (value ?? {}) as { dateTime?: string; timeZone?: string };
	if (/Z$/.test(dateTime)) return Date.parse(dateTime);
	const written = Date.parse(`${dateTime.slice(0, 19)}Z`);
	if (Number.isNaN(written))
		throw badRequest('The start or end is not a date and time.', 'ErrorInvalidArgument');
	const zone = iana(timeZone);
	const ahead = (at: number) => Date.parse(`${shown(at, zone)}Z`) - at;
	return written - ahead(written - ahead(written));
}

/** A moment as a zone's clocks show it. */
export const inZone = (at: number, timeZone: string) => ({
	dateTime: `${shown(at, iana(timeZone))}.0000000`,
	timeZone,
});
