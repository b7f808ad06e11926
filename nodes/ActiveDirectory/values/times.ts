/** 100-nanosecond steps since 1601 (MS-DTYP 2.3.3); this is how many of them had passed at the start of 1970. */
const EPOCH = 116_444_736_000_000_000n;
const NEVER = 9_223_372_036_854_775_807n;
/** The years 1601 to 9999: what lies outside is no time that anybody meant. */
const LATEST = 2_650_467_743_999_999_999n;

/** A FILETIME as ISO 8601, UTC; null for never (0, or the largest number there is). Undefined for what is none. */
export function fileTimeToIso(text: string): string | null | undefined {
	if (!/^-?\d{1,19}$/.test(text)) return undefined;
	const steps = BigInt(text);
	if (steps === 0n || steps === NEVER) return null;
	if (steps < 0n || steps > LATEST) return undefined;
	return new Date(Number((steps - EPOCH) / 10_000n)).toISOString();
}

export const isoToFileTime = (at: Date): string => String(BigInt(at.getTime()) * 10_000n + EPOCH);

const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:(\d\d))?)?(?:[.,](\d+))?(Z|[+-]\d\d(?:\d\d)?)$/i;

/** `20261126085710.0Z` (RFC 4517, 3.3.13) as ISO 8601, UTC. Undefined for what is none. */
export function generalizedToIso(text: string): string | undefined {
	const [, year, month, day, hour, minute = '00', second = '00', fraction = '', zone] =
		GENERALIZED.exec(text) ?? [];
	if (year === undefined || zone === undefined) return undefined;
	const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
	const offset = /z/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`;
	const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
	return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** Both Active Directory (`.0Z`) and others take this form; OpenLDAP wants no fraction of zero. */
export const isoToGeneralized = (at: Date, hasFraction: boolean): string =>
	`${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}${hasFraction ? '.0' : ''}Z`;
