import type { INodeProperties } from 'n8n-workflow';
import { updateFieldsOf } from '../../../core/node/updateFieldsOf';
import { nameField, settingFields } from './fields';

export const updateFields: INodeProperties = updateFieldsOf([nameField, ...settingFields]);
