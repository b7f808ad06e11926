/** How single messages, each with a caller who waits for its answer, travel together. */
export interface Gathering<M, R> {
	/** Messages in one request, at most. */
	size: number;
	/** Requests on their way side by side, for each group. */
	concurrency: number;
	/** Messages with different answers never share a request. */
	group?(message: M): string;
	/** For answers that come in any order: two messages with the same key never share a request. */
	key?(message: M): string | undefined;
	/** One answer for each message, in their order. */
	send(messages: M[], group: string): Promise<R[]>;
}

interface Waiting<M, R> {
	message: M;
	key: string | undefined;
	answer(result: R): void;
	fail(error: unknown): void;
}

interface Group<M, R> {
	queue: Array<Waiting<M, R>>;
	underWay: number;
	timer?: NodeJS.Timeout;
	/** When the first of the queue came. */
	since?: number;
}

/** Long enough for those who were let go together to come together; while more keep coming, a little longer. */
const GATHER_MS = 3;
const LONGEST_MS = 30;

/**
 * Makes one-by-one calls travel together: while a group's requests are under way, what comes next fills the following
 * one, so that requests are full when there is much to do and leave at once when there is not.
 */
export function gather<M, R>(gathering: Gathering<M, R>): (message: M) => Promise<R> {
	const groups = new Map<string, Group<M, R>>();

	const pump = (name: string, group: Group<M, R>): void => {
		if (group.queue.length === 0) {
			if (group.underWay === 0) groups.delete(name);
			return;
		}
		if (group.underWay >= gathering.concurrency) return;
		if (group.queue.length >= gathering.size) void flush(name, group);
		else hold(name, group);
	};

	const hold = (name: string, group: Group<M, R>): void => {
		group.since ??= performance.now();
		if (group.timer !== undefined && performance.now() - group.since > LONGEST_MS) return;
		clearTimeout(group.timer);
		group.timer = setTimeout(() => void flush(name, group), GATHER_MS);
	};

	const flush = async (name: string, group: Group<M, R>): Promise<void> => {
		clearTimeout(group.timer);
		delete group.timer;
		delete group.since;
		if (group.underWay >= gathering.concurrency) return;
		const waiting = takeDistinct(group.queue, gathering.size);
		if (waiting.length === 0) return;
		group.underWay++;
		pump(name, group);
		try {
			const messages = waiting.map(({ message }) => message);
			const answers = await gathering.send(messages, name);
			waiting.forEach(({ answer }, i) => answer(answers[i]!));
		} catch (error) {
			for (const { fail } of waiting) fail(error);
		} finally {
			group.underWay--;
			pump(name, group);
		}
	};

	return async (message) =>
		await new Promise<R>((answer, fail) => {
			const name = gathering.group?.(message) ?? '';
			const group = groups.get(name) ?? { queue: [], underWay: 0 };
			groups.set(name, group);
			group.queue.push({ message, key: gathering.key?.(message), answer, fail });
			pump(name, group);
		});
}

/** The first messages of a queue, at most so many, no two with the same key; the others stay, in their order. */
function takeDistinct<M, R>(queue: Array<Waiting<M, R>>, most: number): Array<Waiting<M, R>> {
	const taken: Array<Waiting<M, R>> = [];
	const left: Array<Waiting<M, R>> = [];
	const keys = new Set<string>();
	for (const waiting of queue) {
		const { key } = waiting;
		if (taken.length === most || (key !== undefined && keys.has(key))) {
			left.push(waiting);
			continue;
		}
		if (key !== undefined) keys.add(key);
		taken.push(waiting);
	}
	queue.splice(0, queue.length, ...left);
	return taken;
}
