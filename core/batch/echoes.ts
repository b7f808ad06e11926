/**
 * Puts the answers of a batch to the messages they are for. By position, where there are as many as messages and what they
 * repeat of theirs fits; else by what they repeat, as far as only one message can be meant.
 *
 * @param sent what each message should find repeated in its answer; undefined where nothing can be compared.
 * @param echoOf what an answer repeats; undefined where it repeats nothing, as a refusal may not.
 * @returns an answer for each message; undefined for those that cannot be told apart.
 */
export function matchAnswers<A>(
	sent: ReadonlyArray<string | undefined>,
	answers: readonly A[],
	echoOf: (answer: A) => string | undefined,
): Array<A | undefined> {
	const echoes = answers.map(echoOf);
	const all = new Set(sent);
	// What no message has says nothing about the order: the service writes it in a way of its own.
	const fits = (at: number) => {
		const echo = echoes[at];
		return echo === undefined || sent[at] === undefined || echo === sent[at] || !all.has(echo);
	};
	if (answers.length === sent.length && answers.every((_, at) => fits(at))) return [...answers];
	const places = positionsOf(sent);
	const matched = Array.from<A | undefined>({ length: sent.length });
	for (const [echo, from] of positionsOf(echoes)) {
		const to = places.get(echo) ?? [];
		// Twins that are all answered are all the same; of some of them nobody knows which.
		if (to.length === from.length) to.forEach((place, i) => (matched[place] = answers[from[i]!]!));
	}
	return matched;
}

function positionsOf(values: ReadonlyArray<string | undefined>): Map<string, number[]> {
	const places = new Map<string, number[]>();
	for (const [at, value] of values.entries()) {
		if (value === undefined) continue;
		const known = places.get(value);
		if (known === undefined) places.set(value, [at]);
		else known.push(at);
	}
	return places;
}
