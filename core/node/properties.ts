import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { forTools } from './asTool';
import type { Operation, Resource } from './operation';

/**
 * A node's `properties`, put together from its resources: the menus, then every operation's own fields. The menus, and
 * with them the actions in n8n's panel, keep the order of the lists: what is used most stands first. As an AI tool the
 * node has operation menus of its own (see `asTool.ts`); which of the two counts, n8n decides by its own `@tool`. There is
 * one menu of resources: n8n's panel lists the actions once for each.
 */
export function propertiesOf(resources: Resource[]): INodeProperties[] {
	const tools = forTools(resources);
	return [
		...tools.notice,
		resourceMenu(resources, tools.first),
		...resources.map((resource) =>
			operationMenu(resource, resource.operations[0]!.value, {
				show: { resource: [resource.value] },
				hide: { '@tool': [true] },
			}),
		),
		...tools.resources.map((resource) =>
			operationMenu(resource, tools.firstOf(resource), {
				show: { resource: [resource.value], '@tool': [true] },
			}),
		),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				operation.fields.map((field) => shownFor(field, resource.value, operation.value)),
			),
		),
	];
}

const resourceMenu = (resources: Resource[], first: string): INodeProperties => ({
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources.map(({ name, value, description }) => ({
		name,
		value,
		...(description ? { description } : {}),
	})),
	default: first,
});

const operationMenu = (
	{ operations }: Resource,
	first: string,
	displayOptions: IDisplayOptions,
): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions,
	options: operations.map(menuEntry),
	default: first,
});

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
