import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { MOST_CALLS } from '../api/batches';

/** From how many items on calls travel in a batch: fewer are through in seconds over the ten connections of a user. */
const BATCH_FROM = 50;

export const batchFromOption: INodeProperties = {
	displayName: 'Batch From (Items)',
	name: 'batchFrom',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MOST_CALLS },
	default: BATCH_FROM,
	description:
		'From how many items on they travel in batches, up to 500 in one request, whose results Mailchimp gives some time later. Fewer go one by one, ten at a time. 0: never in a batch.',
};

/** For operations that have no other options. */
export const roadOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'How the requests go',
	options: [batchFromOption],
};

export function readBatchFrom(item: ParameterReader): number {
	const options = item.collection('options');
	if (!options.has('batchFrom')) return BATCH_FROM;
	const from = options.number('batchFrom');
	if (!Number.isInteger(from) || from < 0 || from > MOST_CALLS)
		throw options.fieldError(
			'batchFrom',
			`is ${from}`,
			`Enter a whole number up to ${MOST_CALLS}; 0 for no batches at all.`,
		);
	return from;
}
