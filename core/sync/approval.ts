import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { visitAll } from '../visitAll';
import type { Action } from './types';

/** A hash of exactly these actions, in any order. One way, so that it can be shown and mailed. */
export async function approvalOf(actions: Action[]): Promise<string> {
	if (actions.length === 0) return '';
	// In boxes by their first letters: sorting a hundred thousand at once would hold everybody up.
	const boxes = new Map<string, string[]>();
	await visitAll(actions, ({ kind, id, key, changes }) => {
		const line = sha256(stringify({ kind, id, key, changes }) ?? '');
		const box = boxes.get(line.slice(0, 2));
		if (box) box.push(line);
		else boxes.set(line.slice(0, 2), [line]);
	});
	const hash = createHash('sha256');
	await visitAll([...boxes.keys()].sort(), (name) => {
		for (const line of boxes.get(name)!.sort()) hash.update(line);
	});
	return hash.digest('hex').slice(0, 32);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
