/** Says every now and then that work goes on, and for how long it has: a step of minutes without a word looks stuck. */
export async function moving<T>(
	tell: (line: string) => void,
	work: () => Promise<T>,
	everyMs = 20_000,
): Promise<T> {
	const began = Date.now();
	const timer = setInterval(() => tell(`  still at it, ${elapsed(Date.now() - began)} so far`), everyMs);
	try {
		return await work();
	} finally {
		clearInterval(timer);
	}
}

/** 80,000 → "1 min 20 s". */
export function elapsed(ms: number): string {
	const seconds = Math.round(ms / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
