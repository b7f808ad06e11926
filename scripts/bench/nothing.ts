import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { setImmediate as turn } from 'node:timers/promises';
import { yardstick } from './yardstick';

const CHUNK = 500;

/**
 * A node that does nothing: every item comes out as one of the size that a sending gives, and the event loop turns as it
 * does between two requests. What n8n needs for it, it needs for every node.
 */
export const nothing = (onChunk: () => void = () => undefined): INodeType =>
	yardstick('Nothing', async function () {
		const count = this.getInputData().length;
		const rows: INodeExecutionData[] = [];
		for (let i = 0; i < count; i++) {
			const json = {
				To: `person${i}@yunhe.example`,
				SubmittedAt: new Date().toISOString(),
				MessageID: `0a1b2c3d-0000-4000-8000-${String(i).padStart(12, '0')}`,
				ErrorCode: 0,
				Message: 'OK',
			};
			rows.push({ json, pairedItem: { item: i } });
			if ((i + 1) % CHUNK > 0) continue;
			await turn();
			onChunk();
		}
		return [rows];
	});

export const NOTHING = 'bench.nothing';
