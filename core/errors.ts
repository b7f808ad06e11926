import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

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

const MAX_SAID = 500;

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
			...(facts.said === undefined ? {} : { said: shorten(facts.said) }),
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
}

/** A mistake in what the user entered; nothing was sent. `field` is the field's name in the editor. */
export function invalidInput(field: string, message: string, remedy: string): ServiceError {
	return new ServiceError({ message, remedy, field, outcome: 'notSent' });
}

/** `outcome` is for what is no ServiceError yet: once a request may have gone out, nobody can say it was not sent. */
export function toServiceError(error: unknown, outcome: Outcome = 'notSent'): ServiceError {
	if (error instanceof ServiceError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new ServiceError({ message, outcome });
}

/** An item for n8n's error branch. n8n recognises it by its keys and adds the input row to it. */
export function errorItem(failure: ServiceError, itemIndex: number): INodeExecutionData {
	const { message, ...facts } = failure.facts;
	const details: IDataObject = { item: itemIndex };
	for (const [key, value] of Object.entries(facts)) if (value !== undefined) details[key] = value;
	return { json: { error: message, details }, pairedItem: { item: itemIndex } };
}

/** The error that stops the node. n8n renders the description as HTML, so words from outside are escaped. */
export function toNodeError(
	node: INode,
	failure: ServiceError,
	itemIndex: number | undefined,
	note?: string,
): NodeApiError | NodeOperationError {
	const { message, remedy, said, code, status, requestId } = failure.facts;
	const source = [code && `code ${code}`, status && `HTTP ${status}`, requestId && `request ${requestId}`]
		.filter(Boolean)
		.join(', ');
	const description = [
		remedy,
		said && `${failure.facts.service ?? 'The service'} said: “${said}”${source ? ` (${source})` : ''}.`,
		!said && source && `(${source})`,
		note,
	]
		.filter((part): part is string => Boolean(part))
		.map(escapeHtml)
		.join(' ');
	const text = itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;
	const shared = { message: text, description, itemIndex, level: 'warning' as const };
	const error =
		failure.facts.service === undefined
			? new NodeOperationError(node, text, shared)
			: new NodeApiError(node, { message: text } as JsonObject, {
					...shared,
					...(status === undefined ? {} : { httpCode: String(status) }),
				});
	// n8n swaps messages that contain certain system words ("EPERM" in "superpermit"…) for its own.
	error.message = text;
	error.context.details = errorItem(failure, itemIndex ?? 0).json.details;
	return error;
}

export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function shorten(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > MAX_SAID ? `${line.slice(0, MAX_SAID)}…` : line;
}
