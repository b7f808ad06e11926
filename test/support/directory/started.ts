interface Started {
	servers: Array<{ remove(): Promise<void> }>;
	folders: string[];
}

const KEY = Symbol.for('mailops.directory.started');
const shared = globalThis as unknown as Record<symbol, Started | undefined>;

/** Jest loads set-up and teardown apart from each other: what they share is on the global object. */
export const started: Started = (shared[KEY] ??= { servers: [], folders: [] });
