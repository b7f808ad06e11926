import type { IDataObject } from 'n8n-workflow';
import type { Finder, IdempotencyKey } from '../batch/idempotency';
import type { Connection } from '../connection/connection';
import type { Client } from '../http/client';
import type { ParameterReader } from './parameters/reader';

/** How a batched operation keeps marked messages from going out twice. */
export interface IdempotencyStrategy<C extends Connection = Client, M = never> {
	/** The field of the user's own key, as the editor shows it. */
	keyField: string;
	/** The mark of an item's message, which the message carries too; undefined when it may go out twice. */
	keyOf(item: ParameterReader, message: M): IdempotencyKey | undefined;
	/** How long the service's search may be behind, in milliseconds; 15 seconds when absent. A key may say otherwise. */
	searchWaitMs?: number;
	/** `total` is the number of items of the run, to choose the cheaper way of looking up. */
	finder(connection: C, total: number): Finder;
	/** The result of an item whose message went out earlier, from what is known of that message. */
	alreadySent(earlier: IDataObject): IDataObject;
}
