import { truncate } from './text';

/**
 * What became of the thing that was asked for:
 * `notSent` nothing left this machine, `refused` the service said no and did nothing, `unknown` it may have been done.
 */
export type Outcome = 'notSent' | 'refused' | 'unknown';

export interface ErrorFacts {
	/** One plain sentence: what happened. No codes, no markup. */
	message: string;
	/** One or two plain sentences: what to do now. */
	remedy?: string;
	/** The service, as people know it. */
	service?: string;
	/** The service's own error code and words, as received (shortened). */
	code?: string;
	said?: string;
	/** HTTP status, when there was an answer. */
	status?: number;
	/** The field at fault, as the editor shows it. */
	field?: string;
	/** What the service calls this request in its own logs. */
	requestId?: string;
	/** Whether doing the same again later can help. */
	canRetry?: boolean;
	outcome?: Outcome;
}

/** Letters of what a service says that are kept: of its words, and of its codes and ids. */
const MAX_SAID = 500;
const MAX_CODE = 100;

/** The one error of this pack: facts for a person, the same on the thrown and on the branch path. */
export class ServiceError extends Error {
	readonly facts: ErrorFacts & { outcome: Outcome; canRetry: boolean };

	constructor(facts: ErrorFacts) {
		super(facts.message);
		this.name = 'ServiceError';
		this.facts = {
			outcome: 'refused',
			canRetry: false,
			...facts,
			...shortened(facts, 'said', MAX_SAID),
			...shortened(facts, 'code', MAX_CODE),
			...shortened(facts, 'requestId', MAX_CODE),
		};
	}

	/** Read by `core/sync`, which knows nothing of services. */
	get outcome(): Outcome {
		return this.facts.outcome;
	}

	get remedy(): string | undefined {
		return this.facts.remedy;
	}

	with(more: Partial<ErrorFacts>): ServiceError {
		return new ServiceError({ ...this.facts, ...more });
	}

	/** The same without the service's own words, where ours say more. */
	withoutSaid(): ServiceError {
		const { said: _said, ...facts } = this.facts;
		return new ServiceError(facts);
	}
}

function shortened(
	facts: ErrorFacts,
	name: 'said' | 'code' | 'requestId',
	length: number,
): Partial<ErrorFacts> {
	const text = facts[name];
	return text === undefined ? {} : { [name]: truncate(text.replace(/\s+/g, ' ').trim(), length) };
}

/** A mistake in what the user entered; nothing was sent. `field` is the field's name in the editor. */
export function invalidInput(field: string, message: string, remedy: string): ServiceError {
	return new ServiceError({ message, remedy, field, outcome: 'notSent' });
}

/** `outcome` is for what is no ServiceError yet: once a request may have gone out, nobody can say it was not sent. */
export function toServiceError(error: unknown, outcome: Outcome = 'notSent'): ServiceError {
	if (error instanceof ServiceError) return error;
	if (error instanceof RangeError && /call stack/i.test(error.message))
		return new ServiceError({
			message: 'There are too many lists and objects within each other in this data',
			remedy: 'Check the item and the expressions of the fields: real data has a few dozen levels at most.',
			outcome,
		});
	const message = error instanceof Error ? error.message : String(error);
	return new ServiceError({ message, outcome });
}
