import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Chunk, ChunkLimits } from '../batch/chunks';
import type { IdempotencyStrategy } from './idempotency';
import type { Connection } from '../connection/connection';
import type { Client } from '../http/client';
import type { ServiceError } from '../errors';
import type { Service } from '../http/service';
import type { ParameterReader, InputItems } from './parameters/reader';

/** How an operation shows itself in the editor. */
interface Face {
	name: string;
	value: string;
	/** Sentence case, with the resource: "Send an email". */
	action: string;
	description: string;
	/** Plain literals, so that the linters read them. `resource()` adds where they are shown. */
	fields: INodeProperties[];
	/** Whether an AI agent may have it as a tool; not what decides about many people at once. `true` when missing. */
	asTool?: boolean;
	/** When it signs in with another credential than its node's other operations. */
	service?: Service<Connection>;
}

/** What an operation can tell the person beside its results. */
export interface RunFeedback {
	/** Whether somebody looks on: a run started by hand. Hints are seen only then. */
	readonly isWatched: boolean;
	/** A sentence above the output in the editor, once a run however often it is said. */
	hint(sentence: string): void;
	/** "Sync Users: 400 of 1,000 users" every few seconds, in the browser's console, in runs started by hand. */
	progress(done: number, total: number, what: string): void;
}

/** A result with files, which become the binary fields of its item under the names given here. */
export class WithFiles {
	constructor(
		readonly json: IDataObject,
		readonly files: Record<string, OutgoingFile>,
	) {}
}

export interface OutgoingFile {
	content: Buffer;
	fileName: string;
	mimeType: string;
}

export type Row = IDataObject | WithFiles;

/** A result that is one item, several, or rows that are still being fetched. */
export type Rows = Row | Row[] | AsyncIterable<Row>;

/** One item, one call. Items run side by side; answers come out in item order. */
export interface PerItemOperation<P = unknown, C extends Connection = Client> extends Face {
	mode: 'perItem';
	/** One item's parameters, checked. */
	read(item: ParameterReader, feedback: RunFeedback): P | Promise<P>;
	call(parameters: P, client: C, feedback: RunFeedback): Rows | Promise<Rows>;
}

/** What the service said of one message of a chunk. */
export type ItemResult = { done: IDataObject } | { failed: ServiceError };
export const done = (json: IDataObject): ItemResult => ({ done: json });
export const failed = (failure: ServiceError): ItemResult => ({ failed: failure });

/** Many items, few calls: items are cut into chunks, and each gets its own answer out of the chunk's. */
export interface BatchedOperation<M = unknown, C extends Connection = Client> extends Face {
	mode: 'batched';
	/** One item's message, checked; plain data, as it will be sent. */
	read(item: ParameterReader, feedback: RunFeedback): M | Promise<M>;
	chunk: ChunkLimits<M>;
	/** One answer for each message of the chunk, in its order. */
	call(chunk: Chunk, client: C, feedback: RunFeedback): Promise<ItemResult[]>;
	/** How messages that may not go out twice are recognised and found again. */
	idempotency?: IdempotencyStrategy<C, M>;
	/** What is to be said when all chunks are through. */
	conclude?(client: C, feedback: RunFeedback): void;
	/** Sent once for all items; then the execution waits for an answer, at most until this moment. */
	waitUntil?(item: ParameterReader): Date;
}

/** All items are one input. Answers with one list of items for each output of the node. */
export interface AllItemsOperation<C extends Connection = Client> extends Face {
	mode: 'allItems';
	call(items: InputItems, client: C, feedback: RunFeedback): Promise<INodeExecutionData[][]>;
}

export type Operation =
	| PerItemOperation<unknown, Connection>
	| BatchedOperation<unknown, Connection>
	| AllItemsOperation<Connection>;

/** `NoInfer`: what an operation talks to is said by the operation, not by the list it stands in. */
export const perItem = <P, C extends Connection = Client>(
	operation: Omit<PerItemOperation<P, C>, 'mode'>,
): PerItemOperation<P, NoInfer<C>> => ({ mode: 'perItem', ...operation });

export const batched = <M, C extends Connection = Client>(
	operation: Omit<BatchedOperation<M, C>, 'mode'>,
): BatchedOperation<M, NoInfer<C>> => ({ mode: 'batched', ...operation });

export const allItems = <C extends Connection = Client>(
	operation: Omit<AllItemsOperation<C>, 'mode'>,
): AllItemsOperation<NoInfer<C>> => ({ mode: 'allItems', ...operation });

export interface Resource {
	name: string;
	value: string;
	description?: string;
	/** In the order of use, as the menu shows them; the first is chosen when the resource is picked. */
	operations: Operation[];
	/** When all its operations sign in with another credential than the node's others. */
	service?: Service<Connection>;
}

/** A resource's service holds for those of its operations that name none themselves. */
export function resource(definition: Resource): Resource {
	const { service, operations } = definition;
	if (service === undefined) return definition;
	return { ...definition, operations: operations.map((operation) => ({ service, ...operation })) };
}
