import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';

export const inboundIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. e2ecbbfc-fe12-463d-b933-9fe22915106d',
	description: 'The “MessageID” that Get Many or the trigger gave for the received email',
};

export const readInboundId = (item: ParameterReader): string => item.requiredText('messageId');
