import type { IDataObject } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';

/** Field of the form → Postmark's name for it. */
const NAMES = {
	name: 'Name',
	alias: 'Alias',
	subject: 'Subject',
	html: 'HtmlBody',
	text: 'TextBody',
	layout: 'LayoutTemplate',
} as const;

export type TemplateField = keyof typeof NAMES;

/** What was filled in of these fields, under Postmark's names. */
export function readTemplate(item: ParameterReader, fields: TemplateField[]): IDataObject {
	return Object.fromEntries(
		fields.filter((field) => item.has(field)).map((field) => [NAMES[field], content(item, field)]),
	);
}

/** What was added to a collection of fields; one that is added and left empty is sent empty. */
export function readChanges(item: ParameterReader): IDataObject {
	const fields = Object.keys(NAMES) as TemplateField[];
	return Object.fromEntries(
		fields
			.filter((field) => item.value(field) !== undefined)
			.map((field) => [NAMES[field], content(item, field)]),
	);
}

/** Bodies keep their white space. */
const content = (item: ParameterReader, field: TemplateField) =>
	field === 'html' || field === 'text' ? String(item.value(field) ?? '') : item.text(field);

/** An alias is checked here, because a wrong one would be taken for an ID later. */
export function checkAlias(item: ParameterReader): void {
	const alias = item.text('alias');
	if (alias !== '' && !/^[A-Za-z][\w.-]*$/.test(alias))
		throw item.fieldError(
			'alias',
			`is not an alias: “${alias}”`,
			'Start it with a letter, and use letters, digits, dots, hyphens and underscores only.',
		);
}
