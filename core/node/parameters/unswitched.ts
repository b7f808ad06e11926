import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { invalidInput, type ServiceError } from '../../errors';
import { truncate } from '../../text';

/** n8n's own names begin with a dollar; the templates of mail services have no such names. */
const EXPRESSION = /\{\{\s*\$[\s\S]*?(?:\}\}|$)/;

/**
 * n8n makes a field an expression only when what is typed *begins* with `{{`. `Hello {{ $json.name }}` stays text, and
 * everybody would get these very words.
 *
 * @param typed the parameter as it was typed, with everything within it; expressions begin with `=`
 */
export function unswitched(field: INodeProperties, typed: unknown): ServiceError | undefined {
	if (typeof typed === 'string') return typed.startsWith('=') ? undefined : literalExpression(field, typed);
	if (typeof typed !== 'object' || typed === null) return undefined;
	for (const [name, value] of Object.entries(typed)) {
		const error = unswitched(within(field, name), value);
		if (error !== undefined) return error;
	}
	return undefined;
}

/** The complaint about text that shows an expression of n8n instead of its value. */
export function literalExpression({ displayName }: INodeProperties, text: string): ServiceError | undefined {
	const [found] = (text.includes('{{') && EXPRESSION.exec(text)) || [];
	if (found === undefined) return undefined;
	return invalidInput(
		displayName,
		`'${displayName}' holds ${truncate(found)} as plain text: these very signs would go out, and not the value`,
		`Switch the field to Expression: point at '${displayName}' and choose Expression at its right edge. If the text comes from an earlier node, switch the field there.`,
	);
}

/** The option of a collection; of everything else the field itself is what the editor shows a name of. */
function within(field: INodeProperties, name: string): INodeProperties {
	if (field.type !== 'collection') return field;
	const options = (field.options ?? []) as Array<INodeProperties | INodePropertyCollection>;
	return (options.find((option) => option.name === name) as INodeProperties | undefined) ?? field;
}
