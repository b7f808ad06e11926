import { pause } from '../n8n/processes';
import type { QueueInstallation } from './installation';

/** What was measured, in one line, and whether it is as it must be. */
export interface Outcome {
	found: string;
	passed: boolean;
}

/** Something that happens to an n8n in queue mode. */
export interface Scene {
	name: string;
	play(installation: QueueInstallation): Promise<Outcome>;
}

/** @throws Error when it is not so within two minutes */
export async function until(is: () => boolean, what: string): Promise<void> {
	for (const end = Date.now() + 120_000; !is(); await pause(20))
		if (Date.now() > end) throw new Error(`${what}: not within two minutes`);
}

/** Does the work for each, so many at a time; the results in the order of the list. */
export async function sideBySide<T, R>(
	most: number,
	list: readonly T[],
	work: (one: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(list.length);
	let next = 0;
	const go = async () => {
		while (next < list.length) {
			const i = next++;
			results[i] = await work(list[i]!, i);
		}
	};
	await Promise.all(Array.from({ length: most }, go));
	return results;
}
