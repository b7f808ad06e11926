import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

/**
 * A node's `properties`, put together from its resources: the two menus, then every operation's own fields. The menus, and
 * with them the actions in n8n's panel, keep the order of the lists: what is used most stands first.
 */
export function propertiesOf(resources: Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({
				name,
				value,
				...(description ? { description } : {}),
			})),
			default: resources[0]!.value,
		},
		...resources.map(operationMenu),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				operation.fields.map((field) => shownFor(field, resource.value, operation.value)),
			),
		),
	];
}

function operationMenu({ value, operations }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(menuEntry),
		default: operations[0]!.value,
	};
}

const menuEntry = ({ name, value, action, description }: Operation): INodePropertyOptions => ({
	name,
	value,
	action,
	description,
});

/** Fields of a collection in the order of the alphabet, for those put together from several lists. */
export const byDisplayName = (fields: INodeProperties[]): INodeProperties[] =>
	fields.toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'en'));

function shownFor(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const displayOptions: IDisplayOptions = {
		...field.displayOptions,
		show: { ...field.displayOptions?.show, resource: [resource], operation: [operation] },
	};
	return { ...field, displayOptions };
}
