import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { invalidInput, type ServiceError } from '../../errors';
import { truncate } from '../../text';

/** The complaint about a value that is none of a field's choices. Choices that the service lists are its own to judge. */
export function notOffered(field: INodeProperties, value: unknown): ServiceError | undefined {
	const { displayName, options, typeOptions } = field;
	if (typeOptions?.loadOptionsMethod !== undefined) return undefined;
	const choices = (options ?? []) as INodePropertyOptions[];
	if (choices.some((choice) => choice.value === value)) return undefined;
	const given =
		value === undefined || value === null || value === '' ? 'nothing' : `“${truncate(String(value))}”`;
	const names = choices.map((choice) => `${String(choice.value)} (${choice.name})`);
	return invalidInput(
		displayName,
		`'${displayName}' is ${given}, which is not one of its choices`,
		`Choose one from the list. An expression must give one of: ${names.join(', ')}.`,
	);
}
