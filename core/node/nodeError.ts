import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import type { ServiceError } from '../errors';
import { escapeHtml } from '../text';

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
	const shared = {
		message: text,
		description,
		...(itemIndex === undefined ? {} : { itemIndex }),
		level: 'warning' as const,
	};
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
