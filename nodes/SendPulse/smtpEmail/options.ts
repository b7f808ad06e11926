import type { INodeProperties } from 'n8n-workflow';
import { attachmentsOption, bccOption, ccOption, replyToOption } from '../../../core/mail/fields';

export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'What most emails do without',
	options: [attachmentsOption, bccOption, ccOption, replyToOption],
};
