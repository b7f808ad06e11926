import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

/** A node's `properties`, put together from its resources: the two menus, then every operation's own fields. */
export function propertiesOf(resources: Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: byName(
				resources.map(({ name, value, description }) => ({
					name,
					value,
					...(description ? { description } : {}),
				})),
			),
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

function operationMenu({ value, operations, first }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: byName(operations.map(menuEntry)),
		default: (first ?? operations[0]!).value,
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

/** n8n adds an entry of this name to a menu, for its HTTP Request node, unless the menu's last one has it. */
const CUSTOM_CALL = 'Custom API Call';

const byName = (options: INodePropertyOptions[]) =>
	options.sort(
		(a, b) =>
			Number(a.name === CUSTOM_CALL) - Number(b.name === CUSTOM_CALL) || a.name.localeCompare(b.name, 'en'),
	);

function shownFor(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const displayOptions: IDisplayOptions = {
		...field.displayOptions,
		show: { ...field.displayOptions?.show, resource: [resource], operation: [operation] },
	};
	return { ...field, displayOptions };
}
