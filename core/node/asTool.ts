import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

export interface ToolMenus {
	/** Those of which an agent may have any operation, each with these. */
	resources: Resource[];
	/** The resource (in a workflow too) and, of a resource, the operation that are preset. */
	first: string;
	firstOf(resource: Resource): string;
	/** What the form says of what is not there. */
	notice: INodeProperties[];
}

const reads = ({ value }: Operation) => value.startsWith('get');

/**
 * The menus of a node that an AI agent has as a tool. n8n adds it with what is preset, and the agent calls it with what
 * it thinks fit: so what is preset only reads, and what decides about many people at once is not in the menus.
 */
export function forTools(all: Resource[]): ToolMenus {
	const resources = all
		.map((resource) => ({
			...resource,
			operations: resource.operations.filter(({ asTool }) => asTool !== false),
		}))
		.filter(({ operations }) => operations.length > 0);
	const reading = resources.find(({ operations }) => reads(operations[0]!)) ?? all[0]!;
	const left = all.flatMap(({ operations }) => operations.filter(({ asTool }) => asTool === false));
	return {
		resources,
		first: reading.value,
		firstOf: ({ operations }) => (operations.find(reads) ?? operations[0]!).value,
		notice: left.length === 0 ? [] : [noticeOf(left)],
	};
}

const noticeOf = (left: Operation[]): INodeProperties => ({
	displayName: `Not for an agent: ${left.map(({ action }) => action).join(', ')}. Put such a step into a workflow of its own with the checks it needs, and give the agent that workflow as a tool.`,
	name: 'toolNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '@tool': [true] } },
});
