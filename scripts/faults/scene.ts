import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Run } from '../engine';

/** What a run says of one item. */
export interface Said {
	/** `none`: nothing was said at all, which is a fault of its own. */
	outcome: 'done' | 'refused' | 'unknown' | 'none';
	/** What to do now; of what is not done. */
	remedy?: string | undefined;
	words?: string | undefined;
}

/** One operation, made ready on a fresh stand-in. */
export interface Scene {
	parameters: INodeParameters;
	/** What comes in; one empty item when absent. */
	items?: IDataObject[];
	/** Files that every item has. */
	binary?: IBinaryKeyData;
	/**
	 * How often what an item asks for was done: 0, 1, or more. Read from the state of the stand-in.
	 * `undefined`: it changes nothing, so that only the remedy counts.
	 */
	times(item: number): number | undefined;
	/** Nothing must be done, because something of somebody else's is in the way. */
	isRefused?: boolean;
	/**
	 * Of {@link isRefused}: what is said when the request never arrives and the service is asked what became of it. By default that
	 * somebody else's “was there already”.
	 */
	ifLost?: { said: Said['outcome']; words: string };
	/** How the run tells of an item, where that is not by its two outputs. */
	said?(run: Run, item: number): Said;
}

/** `resource.operation` with these parameters; `times` as in {@link Scene}, where yes is once. */
export function scene(
	operation: string,
	parameters: object,
	times: (item: number) => boolean | number,
	more: Partial<Scene> = {},
): Scene {
	const [resource, name] = operation.split('.');
	return {
		parameters: { resource, operation: name, ...parameters } as Scene['parameters'],
		times: (item) => Number(times(item)),
		...more,
	};
}

/** What a picker holds when an ID was typed. */
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value });

/** The scenes of a service: how each of its write operations is tried. */
export interface Scenes<Service> {
	/** The node in question, without the package's name. */
	node: string;
	/** Requests that sign in: they change nothing. */
	signIn?: RegExp;
	/**
	 * By `resource.operation`, as the node's menus have them; a colon and some words tell several scenes of one operation
	 * apart. Called for each cell of the table, on a stand-in that has just started.
	 */
	scenes: Record<string, (service: Service) => Scene>;
}

/** The operation that a scene is for: `email.send: by key` → `email.send`. */
export const operationOf = (scene: string): string => scene.split(':')[0]!;
