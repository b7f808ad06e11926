import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../../core/node/parameters/reader';

export const queueField: INodeProperties = {
	displayName: 'Queue',
	name: 'queue',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Newsletter November',
	description:
		'What these messages are together: a name for this mailing. What is in it already is not queued again.',
};

export const optionalQueueField: INodeProperties = {
	...queueField,
	required: false,
	description: 'Only this queue; all queues of the mailbox when it is empty',
};

const LONGEST = 100;

/** '' for all, where it may be left out. @throws {ServiceError} for a name that cannot be told from others */
export function readQueue(item: ParameterReader): string {
	const queue = item.text('queue');
	if (queue.includes('|') || queue.length > LONGEST)
		throw item.fieldError(
			'queue',
			queue.includes('|') ? 'has a |' : `has ${queue.length} characters, and ${LONGEST} are the most`,
			'Choose another name.',
		);
	return queue;
}
