const at = (time: unknown) =>
	Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(String(time)) ? String(time) : `${String(time)}Z`);

/** Bounds are exclusive at their own second, as far as is known. */
export function isWithin(time: string, since: unknown, before: unknown): boolean {
	if (since === undefined && before === undefined) return true;
	if (time === '') return false;
	return (since === undefined || at(time) > at(since)) && (before === undefined || at(time) < at(before));
}
