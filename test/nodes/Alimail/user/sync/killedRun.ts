import '../../../../../scripts/engine/environment';
import type { INodeParameters } from 'n8n-workflow';
import { runNode, type NodeUnderTest } from '../../../../support/runNode';

/** A run in a process of its own, to be killed: `{ spec, rows }` comes in as an argument. */
const { spec, rows } = JSON.parse(process.argv[2]!) as {
	spec: NodeUnderTest & { parameters: INodeParameters };
	rows: Array<Record<string, unknown>>;
};
void runNode(spec, rows);
