import type { INodeProperties } from 'n8n-workflow';

/** An optional line of text, as most of what Outlook knows of things and people is. */
export const textField = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
});
