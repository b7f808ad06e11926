import type { IDataObject } from 'n8n-workflow';
import { isAddress } from '../mail/address';
import type { ParameterReader } from '../node/parameters/reader';
import { WITH_CHOICES } from './formFields';

/** What a custom form asks. `choices` is there for checkboxes, dropdowns and radio buttons only. */
export interface FormElement {
	label: string;
	type: string;
	choices: string[];
	isRequired: boolean;
}

/** What was sent, as it came in: one text, or several of checkboxes, under the names of {@link nameOf}. */
export type Sent = IDataObject;

export const nameOf = (index: number): string => `field-${index}`;

/** Checks the form before the email goes out: afterwards there is nobody to tell. @throws ServiceError that names the field */
export function checkForm(item: ParameterReader): void {
	const elements = item.fixedCollection('formFields', 'values');
	if (elements.length === 0)
		throw item.fieldError('formFields', 'has no element', 'Add what the recipient is to be asked.');
	const labels = new Set<string>();
	for (const element of elements) {
		element.words('fieldLabel');
		const label = element.requiredText('fieldLabel');
		if (labels.has(label) || label === 'respondedAt')
			throw element.fieldError(
				'fieldLabel',
				`is used twice: “${label}”`,
				'Choose another: each answer comes out under its label.',
			);
		labels.add(label);
		if (!WITH_CHOICES.includes(element.option('fieldType'))) continue;
		const choices = element.fixedCollection('fieldOptions', 'values').map((choice) => choice.text('option'));
		if (choices.every((choice) => choice === ''))
			throw element.fieldError('fieldOptions', `of “${label}” is empty`, 'Add what can be chosen.');
	}
}

/** The form of a parameter that was checked when the email was sent. */
export function readElements(values: unknown): FormElement[] {
	const rows = Array.isArray(values) ? (values as IDataObject[]) : [];
	return rows.map(({ fieldLabel, fieldType, fieldOptions, requiredField }) => ({
		label: text(fieldLabel),
		type: text(fieldType) || 'text',
		choices: choicesOf(fieldOptions),
		isRequired: requiredField === true,
	}));
}

function choicesOf(options: unknown): string[] {
	const { values } = (options ?? {}) as { values?: IDataObject[] };
	return (values ?? []).map(({ option }) => text(option)).filter((choice) => choice !== '');
}

/**
 * What was answered, by label, as n8n's own forms give it: numbers as numbers, checkboxes as lists, nothing as null. A browser
 * checks most of it, but not every browser does, and not everybody who posts is one.
 *
 * @returns complaints instead, a sentence each, when something is wanting
 */
export function readAnswers(
	elements: FormElement[],
	sent: Sent,
): { data: IDataObject } | { wrong: string[] } {
	const wrong: string[] = [];
	const data: IDataObject = {};
	elements.forEach((element, index) => {
		const given = listOf(sent[nameOf(index)]);
		const complaint = complaintOf(element, given);
		if (complaint !== '') wrong.push(`${element.label}: ${complaint}`);
		data[element.label] = valueOf(element, given);
	});
	return wrong.length > 0 ? { wrong } : { data };
}

export const listOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value : [value]).map(text).filter((entry) => entry !== '');

function complaintOf({ type, choices, isRequired }: FormElement, given: string[]): string {
	const [first] = given;
	if (first === undefined) return isRequired ? 'please answer this.' : '';
	if (WITH_CHOICES.includes(type))
		return given.every((choice) => choices.includes(choice)) ? '' : 'please choose from the list.';
	if (type === 'number' && !Number.isFinite(Number(first))) return 'please enter a number.';
	if (type === 'email' && !isAddress(first)) return 'please enter an email address.';
	if (type === 'date' && !isDay(first)) return 'please enter a date, such as 2030-01-31.';
	return '';
}

/** JavaScript takes the 31st of February for a day in March. */
function isDay(day: string): boolean {
	const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function valueOf({ type }: FormElement, given: string[]): IDataObject[string] {
	if (type === 'checkbox') return given;
	const [first] = given;
	if (first === undefined) return null;
	return type === 'number' ? Number(first) : first;
}

const text = (value: unknown): string => String(value ?? '').trim();
