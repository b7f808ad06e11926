import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

/** A node without a form that is measured beside those of the pack. */
export const yardstick = (
	displayName: string,
	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
): INodeType => ({
	description: {
		displayName,
		name: displayName.toLowerCase(),
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	execute,
});
