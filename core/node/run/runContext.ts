import type { Connection } from '../../connection/connection';
import type { RunFeedback } from '../operation';
import type { Parameters } from '../parameters/parameters';
import type { ResultCollector } from './resultCollector';
import type { RetryJournal } from './retryJournal';

/** Everything one run of `perItem` or `batched` works with. */
export interface RunContext {
	count: number;
	parameters: Parameters;
	client: Connection;
	feedback: RunFeedback;
	journal: RetryJournal;
	results: ResultCollector;
	signal: AbortSignal | undefined;
}
