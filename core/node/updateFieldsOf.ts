import type { INodeProperties } from 'n8n-workflow';
import { byDisplayName } from './properties';

/** The form of an Update: only what somebody adds to it is changed. */
export const updateFieldsOf = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'Only the fields added here are changed',
	options: byDisplayName(options),
});
