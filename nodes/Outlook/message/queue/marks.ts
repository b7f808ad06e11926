import type { IDataObject } from 'n8n-workflow';
import { expanded, FLAGS, isLetGo, propertyOf } from '../../api/flags';
import { LETS_GO_AT } from '../compose';

/** Which queue a message is in, and which of its messages it is: `newsletter|4711`. */
const QUEUE = 'String {6f1c2a52-9a52-4f0e-8d0e-4d61696c4f70} Name mailops-queue';

export interface Place {
	queue: string;
	key: string;
}

export const queueMark = ({ queue, key }: Place): IDataObject => ({ id: QUEUE, value: `${queue}|${key}` });

/** Messages of one queue, or of all; Outlook compares without regard to capitals. */
export const inQueue = (queue?: string): string =>
	`singleValueExtendedProperties/Any(ep: ep/id eq '${QUEUE}' and ${
		queue === undefined ? "contains(ep/value,'|')" : `startswith(ep/value,'${queue.replaceAll("'", "''")}|')`
	})`;

/** What tells of a message in a queue. */
export const MARKS = expanded(QUEUE, LETS_GO_AT, FLAGS);

/** A message of a queue, as Outlook tells of it. */
export interface QueuedMessage extends Place {
	id: string;
	subject: string;
	recipients: string[];
	/** Its slot; NaN for one that has none. */
	leavesAt: number;
	/** Whether it was let go: it waits in Drafts or the Outbox, or has left. */
	isLetGo: boolean;
}

/** undefined for what is in no queue. */
export function queuedMessage(row: IDataObject): QueuedMessage | undefined {
	const [queue, key] = /^([^|]+)\|(.*)$/s.exec(propertyOf(row, QUEUE) ?? '')?.slice(1) ?? [];
	if (queue === undefined || key === undefined) return undefined;
	return {
		queue,
		key,
		id: String(row.id),
		subject: String(row.subject ?? ''),
		recipients: addressesOf(row),
		leavesAt: Date.parse(propertyOf(row, LETS_GO_AT) ?? ''),
		isLetGo: isLetGo(row),
	};
}

export const addressesOf = (row: IDataObject): string[] =>
	['toRecipients', 'ccRecipients', 'bccRecipients'].flatMap((name) =>
		((row[name] ?? []) as Array<{ emailAddress?: { address?: string } }>).map(
			({ emailAddress }) => emailAddress?.address ?? '',
		),
	);
