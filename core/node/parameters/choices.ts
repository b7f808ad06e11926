import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { invalidInput, type ServiceError } from '../../errors';
import { truncate } from '../../text';

/** The complaint about a value that is none of a field's choices. Choices that the service lists, or that are only some of all, are its own to judge. */
export function notOffered(field: INodeProperties, value: unknown): ServiceError | undefined {
	const { displayName, options, typeOptions, allowArbitraryValues = false } = field;
	if (typeOptions?.loadOptionsMethod !== undefined || allowArbitraryValues) return undefined;
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

/**
 * For a trigger, which has no reader of its own: an event that nobody offered would never come, and nobody would know.
 *
 * @param names of fields with choices, one or several
 * @param read gives a field's value, as n8n has evaluated it
 * @throws {ServiceError} about the first value that is none of its field's choices
 */
export function checkChoices(
	fields: INodeProperties[],
	names: string[],
	read: (name: string) => unknown,
): void {
	for (const field of fields.filter(({ name }) => names.includes(name))) {
		const value = read(field.name);
		const mistake = field.type === 'multiOptions' ? notListed(field, value) : notOffered(field, value);
		if (mistake !== undefined) throw mistake;
	}
}

function notListed(field: INodeProperties, value: unknown): ServiceError | undefined {
	const { displayName } = field;
	if (!Array.isArray(value))
		return invalidInput(
			displayName,
			`'${displayName}' is no list`,
			'Choose from the list, or let the expression give one, such as {{ ["one", "another"] }}.',
		);
	return value.map((entry: unknown) => notOffered(field, entry)).find((mistake) => mistake !== undefined);
}
