import type { INodeProperties } from 'n8n-workflow';
import { byDisplayName } from '../../../core/node/properties';
import { nameField, settingFields } from './fields';

export const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'Only the fields added here are changed',
	options: byDisplayName([nameField, ...settingFields]),
};
