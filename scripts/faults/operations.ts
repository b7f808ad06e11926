import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

/** Operations by this name only read. All others need a scene. */
const READS = /^get/;

/** Every operation of a node that may change something, as `resource.operation`, from the node's own menus. */
export function writeOperations({ properties }: Pick<INodeTypeDescription, 'properties'>): string[] {
	const all = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }: INodeProperties) =>
			(displayOptions?.show?.resource ?? []).flatMap((resource) =>
				(options as INodePropertyOptions[]).map(({ value }) => ({ resource, operation: String(value) })),
			),
		)
		.filter(({ operation }) => !READS.test(operation))
		.map(({ resource, operation }) => `${String(resource)}.${operation}`);
	// As an AI tool a node has its menus a second time.
	return [...new Set(all)];
}
