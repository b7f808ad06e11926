/**
 * Works through a queue, `inFlight` at a time. `work` must not throw; it may return more entries that have become ready.
 * Once `stopped` says so nothing new is begun, and what is open is waited for.
 */
export function runPool<T>(
	ready: T[],
	inFlight: number,
	stopped: () => boolean,
	work: (entry: T) => Promise<T[]>,
): Promise<void> {
	const queue = [...ready];
	let next = 0;
	let open = 0;
	return new Promise((resolve, reject) => {
		const pump = () => {
			while (open < inFlight && next < queue.length && !stopped()) {
				open += 1;
				work(queue[next++]!).then((more) => {
					open -= 1;
					for (const entry of more) queue.push(entry);
					pump();
				}, reject);
			}
			if (open === 0) resolve();
		};
		pump();
	});
}
