const clock = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'America/New_York',
	dateStyle: 'short',
	timeStyle: 'medium',
});

/** What clocks on the US East Coast show, the way Sweden writes it: `2026-11-21T09:30:00`. */
const shown = (at: number): string => clock.format(at).replace(' ', 'T');

/** The day of a moment where Postmark's days begin: “Our API uses Eastern Time Zone” (its bounce API page). */
export const easternDay = (at: number): string => shown(at).slice(0, 10);

/** The moment, in milliseconds since 1970, at which those clocks show this; NaN when it is no time. */
export function fromEastern(written: string): number {
	const asUtc = Date.parse(`${written}Z`);
	if (Number.isNaN(asUtc)) return NaN;
	const ahead = (at: number) => Date.parse(`${shown(at)}Z`) - at;
	// Taken twice: around a change of the clocks the offset moves.
	return asUtc - ahead(asUtc - ahead(asUtc));
}
