import type { IDataObject } from 'n8n-workflow';
import type { InputItems } from '../node/parameters/reader';
import type { Created, HandedOut, Result } from '../sync';

interface Memory {
	/** Of which account of the service it tells. */
	account: string;
	/** When the last run came to its end, in milliseconds; of a run that was stopped, when the first such began. */
	since: number;
	/** Records that were handed out: id, and when it was made (in milliseconds; null when the target does not tell). */
	handed: Array<[id: string, at: number | null]>;
	pending: string[];
}

/** More records than one run makes; the oldest are older than `since` anyway. */
const REMEMBERED = 10_000;
/** Where nothing is remembered, a record that is younger than this may have been made by a run that was killed. */
const FORGOTTEN_MS = 60 * 60_000;

/** n8n keeps a node's static data for published workflows only; in other runs the process remembers. */
const ofProcess = new Map<string, Memory>();

/** What earlier runs of this node have handed out. Where nothing is remembered, what the last hour has made is in doubt. */
export function handedOutBefore(items: InputItems, account: string, started: Date): HandedOut {
	const memory = latest(items, account);
	return {
		since: new Date(memory?.since ?? started.getTime() - FORGOTTEN_MS),
		handed: new Map(memory?.handed),
		pending: new Set(memory?.pending),
	};
}

/** Remembers what this run has handed out, or, when it was stopped, that nobody has got it. */
export function rememberHandedOut(
	items: InputItems,
	results: Result[],
	reported: Result[],
	{ account, started, stopped }: { account: string; started: Date; stopped: boolean },
): void {
	const before = latest(items, account);
	const made = results.filter(({ action }) => action.kind === 'create');
	const done = [...made, ...reported].flatMap(({ created }) => (created === undefined ? [] : [created]));
	const unknown = made.filter(({ status }) => status === 'unknown').map(({ action }) => action.key);
	const memory: Memory = stopped
		? {
				account,
				since: before?.since ?? started.getTime() - FORGOTTEN_MS,
				handed: before?.handed ?? [],
				pending: [...new Set([...(before?.pending ?? []), ...done.map(({ id }) => id), ...unknown])],
			}
		: {
				account,
				since: Date.now(),
				handed: [...new Map([...(before?.handed ?? []), ...done.map(entryOf)])].slice(-REMEMBERED),
				pending: unknown,
			};
	ofProcess.set(placeOf(items, account), memory);
	items.context.getWorkflowStaticData('node').firstPasswords = memory as unknown as IDataObject;
}

const entryOf = ({ id, createdAt }: Created): [string, number | null] => [id, createdAt?.getTime() ?? null];

function latest(items: InputItems, account: string): Memory | undefined {
	const stored = items.context.getWorkflowStaticData('node').firstPasswords as Partial<Memory> | undefined;
	const known = ofProcess.get(placeOf(items, account));
	if (
		stored?.account !== account ||
		!Array.isArray(stored.handed) ||
		!Array.isArray(stored.pending) ||
		typeof stored.since !== 'number'
	)
		return known;
	return known !== undefined && known.since > stored.since ? known : (stored as Memory);
}

function placeOf(items: InputItems, account: string): string {
	const { instance, workflow, node } = items.parameters.origin;
	return JSON.stringify([instance, workflow, node, account]);
}
