import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Fault } from './faults';
import type { Html } from './page/html';
import type { Query } from './page/list';
import type { Pages } from './table/pages';
import type { Table } from './table/table';

/** Where a service answers, and how fast its clocks run. */
export interface Place {
	/** Base URL for a client, without a slash at its end; known as soon as the port is open. */
	url(): string;
	/** How many times faster than real waiting goes. */
	speed: number;
}

/** A running service: its state and its routes. */
export interface Service {
	/** Base URL for a client. */
	readonly url: string;
	/** What can be set while it runs. The shell puts the defaults back on a reset. */
	readonly settings: object;
	/** Adds the routes, below the service's prefix. */
	mount(app: FastifyInstance): void;
	/** Back to the state of a fresh start. */
	reset(): void;
	/** Ends what would keep the process alive, such as a timer. */
	close?(): void;
}

/** A part of a view that is shown on the page. */
export interface Shown {
	title: string;
	/** Search and filters, which stay while the rest is refreshed. */
	tools?: Html;
	shown: Html;
	/** Whether the shown part is kept fresh. */
	live: boolean;
}

/** A tab of the page. */
export interface View<S> {
	/** Its path, `/messages` for `messages`: no other tab of any service has the same. */
	tab: string;
	label: string;
	/** The number beside the label. */
	count(service: S): number;
	show(service: S, query: Query): Shown;
	/** One record, at `/messages/:id`. */
	one?(service: S, id: string, query: Query): Shown | undefined;
	/** A file of a record, at `/messages/:id/attachments/:at`. */
	attachment?(service: S, id: string, at: number): { name: string; content: Buffer } | undefined;
}

/** A credential that signs in to the stand-in: for `npm start`, and for the tests. Everything in it is made up. */
export interface Credential {
	/** The credential type: `mailOpsExampleApi`. */
	type: string;
	/** What it is called in n8n. */
	name: string;
	data: Record<string, string | number | boolean | Record<string, string>>;
	/** Names of the node types that sign in with it in an imported workflow: `example`, `exampleTrigger`. */
	nodes: string[];
}

/** A fault that only the service can play, or only on some of its requests. */
export interface ServiceFault<S> {
	/** Paths (below the prefix) it has a meaning on; other requests pass and are not counted. */
	on: RegExp;
	/** What is wrong with it for this service, in a sentence. */
	check?(fault: Fault): string | undefined;
	/** Called when it is due. Without it the service looks at `request.passage.fault` itself. */
	play?(service: S, request: FastifyRequest): void;
}

/** A fault one click away on the page, as `POST /_sandbox/faults` takes it; the service is added. */
export type Preset = [label: string, fault: Record<string, unknown> & { kind: string }];

/**
 * All the sandbox has to know of a service. A new one is a folder in `sandbox/services` with this object in its `index.ts`,
 * and a line in `sandbox/services/index.ts`.
 */
export interface StandIn<Name extends string = string, S extends Service = Service> {
	/** Lower case: its prefix on the wire, its key in `sandbox.services`, its folder. */
	name: Name;
	/** As people write it. */
	title: string;
	/** Its folder in `nodes`. */
	node: string;
	create(place: Place): S;
	/** Whether a path that differs from its route in case or by a slash at its end is unknown to the service. */
	exactPaths?: boolean;
	/** The service's error body for a status, for faults that bring none. */
	errorBody(status: number): unknown;
	settings: {
		/** Every field with its default, so that `schema.parse({})` is a fresh start. */
		schema: z.AnyZodObject;
		/** What `POST /_sandbox/settings` takes, when that is more than some of the settings. */
		input?: z.AnyZodObject;
		/** What it does with it; by default the settings are set. */
		change?(service: S, given: Record<string, unknown>): void;
	};
	/** Faults beyond those of every service: `tokenRevoked`, `partial`. */
	faults: Partial<Record<'tokenRevoked' | 'partial', ServiceFault<S>>>;
	/** Records without the wire: `POST /_sandbox/seed` takes the schema, and answers what `sow` does. */
	seed: { schema: z.ZodTypeAny; sow(service: S, records: never): Record<string, number> };
	/** Puts in something to look at. */
	sample?(service: S): Promise<void> | void;
	credentials(service: S): Credential[];
	/** Lines for `npm run sandbox`, below the address: how to sign in. */
	notes(service: S): string[];
	/** For `GET /_sandbox/state`, beside the address and the settings. */
	summary(service: S): Record<string, unknown>;
	/** Figures above the request log. */
	figures?(service: S): Array<[label: string, value: number]>;
	views: Array<View<S>>;
	presets: Preset[];
	/** Its plain resources, for the test that walks through those of every service. */
	tables?: {
		list: ReadonlyArray<Table<object, never>>;
		/** How its lists come, where a table says nothing else. */
		pages: Pages;
		/** What every request carries, beside JSON. */
		headers(service: S): Record<string, string>;
		/** What stands for the parents in the paths. */
		parents?(service: S): Record<string, string>;
	};
	/** Control routes of its own, below `/_sandbox/<name>`. */
	control?(app: FastifyInstance, service: S): void;
}

/** Checks a stand-in and keeps what kind of service it is. */
export function standIn<const Name extends string, S extends Service>(
	definition: StandIn<Name, S>,
): StandIn<Name, S> {
	return definition;
}

/** The services of a list, by name: `{ example: ExampleService }`. */
export type ServicesOf<List extends readonly StandIn[]> = {
	[One in List[number] as One['name']]: ReturnType<One['create']>;
};
