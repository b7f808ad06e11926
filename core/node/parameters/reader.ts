import {
	isResourceLocatorValue,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';
import { Readable } from 'node:stream';
import { invalidInput, type ServiceError } from '../../errors';
import { isTooDeep, MOST_LEVELS } from '../../http/json';
import { isData } from '../../http/response';
import { truncate } from '../../text';
import { trimmed } from '../../visible';
import type { Origin, Parameters } from './parameters';
import { jsonList, splitList, splitNames } from '../../list';
import { notOffered } from './choices';
import { readTime, type Time } from './time';
import { literalExpression } from './unswitched';

/**
 * Reads and checks one item's parameters. Every complaint names the field as the editor shows it; the runner adds the
 * item. A collection gives a reader of its own, so that its fields are read the same way.
 */
export class ParameterReader {
	/** An expression is evaluated once an item, however often its field is read. */
	private known: Record<string, unknown> | undefined;

	constructor(
		readonly index: number,
		private readonly parameters: Parameters,
		private readonly fields: INodeProperties[] = parameters.fields,
		private readonly values?: IDataObject,
		/** The values as the user typed them, expressions and all; missing where they come from one expression. */
		private readonly typed?: IDataObject,
	) {}

	get input(): INodeExecutionData {
		return this.parameters.context.getInputData()[this.index]!;
	}

	/** Which node of which workflow reads this, in which execution. */
	get origin(): Origin {
		return this.parameters.origin;
	}

	/** The workflow's time zone, as IANA names it. */
	get timezone(): string {
		return this.parameters.context.getTimezone();
	}

	/** Text without white space and what nobody can see at its ends; '' when it is empty. */
	text(name: string): string {
		const value = this.value(name);
		if (value === undefined || value === null) return '';
		if (typeof value === 'object')
			throw this.fieldError(
				name,
				'holds a list or an object where text is expected',
				'Choose one value of it in the expression.',
			);
		return trimmed(String(value));
	}

	requiredText(name: string): string {
		const text = this.text(name);
		if (text === '')
			throw this.fieldError(name, 'is empty', 'Fill it in, or check the column its expression refers to.');
		return text;
	}

	/** Text for people to read: an expression that stands in it as it was typed is a mistake, wherever it was typed. */
	words(name: string): string {
		const text = this.text(name);
		const field = this.field(name);
		const mistake = field && literalExpression(field, text);
		if (mistake !== undefined) throw mistake;
		return text;
	}

	/**
	 * Text in which every expression gave something: `{{ $json.order }}-paid` is “-paid” for each item that has no order,
	 * and must not pass for a text that tells them apart.
	 */
	filledText(name: string): string {
		const text = this.requiredText(name);
		const typed = this.values === undefined ? this.parameters.raw(name) : this.typed?.[name];
		const empty = this.parameters.emptyExpression(typed, this.index);
		if (empty !== undefined)
			throw this.fieldError(
				name,
				`is “${truncate(text)}”: its expression ${truncate(empty)} gives nothing for this item`,
				'Check the column that the expression refers to.',
			);
		return text;
	}

	/**
	 * One of the field's choices, checked as `value` does it. A field that was not added is at its default.
	 */
	option(name: string): string {
		const field = this.field(name);
		const isSet =
			this.values === undefined ? this.parameters.raw(name) !== undefined : Object.hasOwn(this.values, name);
		const value: unknown = isSet ? this.value(name) : field?.default;
		if (field !== undefined) this.mustBeOffered(field, value);
		return String(value);
	}

	boolean(name: string): boolean {
		const value = this.value(name);
		if (typeof value === 'boolean') return value;
		const word = String(value ?? '')
			.trim()
			.toLowerCase();
		if (['', 'false', '0', 'no'].includes(word)) return false;
		if (['true', '1', 'yes'].includes(word)) return true;
		throw this.fieldError(name, `is neither true nor false: “${truncate(word)}”`, 'Use true or false.');
	}

	number(name: string, range: { min?: number; max?: number } = {}): number {
		const value = this.value(name);
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		const { min = -Infinity, max = Infinity } = range;
		if (typeof number !== 'number' || !Number.isFinite(number))
			throw this.fieldError(name, `is not a number: “${truncate(String(value ?? ''))}”`, 'Enter a number.');
		if (number < min || number > max)
			throw this.fieldError(
				name,
				`must be ${limits(min, max)}, and is ${number}`,
				'Enter a number in that range.',
			);
		return number;
	}

	/** A day, or a moment of it; undefined when it is empty. What has no zone is in the workflow's. */
	time(name: string): Time | undefined {
		const value = this.value(name);
		if (value === undefined || value === null || value === '') return undefined;
		const time = readTime(value, this.parameters.context.getTimezone());
		if (time === undefined)
			throw this.fieldError(
				name,
				`is not a date: “${truncate(String(value))}”`,
				'Choose it in the calendar, or write it like 2026-11-21 or 2026-11-21T09:30.',
			);
		return time;
	}

	/** Rows wanted by a Get Many: all (Infinity) or the limit. */
	limit(): number {
		return this.boolean('returnAll') ? Infinity : this.number('limit', { min: 1 });
	}

	/** The value chosen in a resource locator, or typed in place of one. */
	resourceId(name: string): string {
		const value = this.value(name);
		const inner = isResourceLocatorValue(value) ? value.value : value;
		const text = inner === undefined || inner === null ? '' : trimmed(String(inner));
		if (text === '') throw this.fieldError(name, 'is empty', 'Choose one from the list, or enter its ID.');
		return text;
	}

	/** How something was chosen in a resource locator, and what. */
	resourceLocator(name: string): { mode: string; value: string } {
		const value = this.value(name);
		if (!isResourceLocatorValue(value)) return { mode: 'id', value: this.resourceId(name) };
		return { mode: value.mode, value: this.resourceId(name) };
	}

	/** An object, from a JSON field or an expression that gives one. */
	json(name: string): IDataObject {
		const value = this.value(name);
		if (value === undefined || value === null || value === '') return {};
		if (typeof value === 'object' && !Array.isArray(value)) return value as IDataObject;
		const parsed = this.parsed(name, String(value));
		if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as IDataObject;
		throw this.fieldError(name, 'must be a JSON object', 'Start it with { and end it with }.');
	}

	/** What the JSON text of a field says. */
	parsed(name: string, text: string): unknown {
		if (isTooDeep(text))
			throw this.fieldError(
				name,
				`has more than ${MOST_LEVELS.toLocaleString('en')} lists and objects within each other`,
				'Check the expression it comes from: real data has a few dozen levels at most.',
			);
		try {
			return JSON.parse(text) as unknown;
		} catch {
			throw this.fieldError(name, 'is not valid JSON', 'Check commas, quotes and brackets.');
		}
	}

	/** Several values: an array, one as JSON text, or text as `splitList` reads it. */
	list(name: string): string[] {
		return this.entries(name, splitList);
	}

	/**
	 * Several names that may have spaces inside: an array, one as JSON text, or text as `splitNames` reads it.
	 *
	 * @param of the field that is the name, where the list may be one of records, such as another operation gives
	 */
	names(name: string, of?: string): string[] {
		return this.entries(name, splitNames, of);
	}

	/** The fields a user added under "Options" and the like. Fields not added read as empty. */
	collection(name: string): ParameterReader {
		const field = this.field(name);
		const values = this.value(name);
		return new ParameterReader(
			this.index,
			this.parameters,
			(field?.options ?? []) as INodeProperties[],
			objectOr({}, values),
			objectOr(undefined, this.values === undefined ? this.parameters.raw(name) : undefined),
		);
	}

	/** The rows of a fixed collection, each with a reader of its own. */
	fixedCollection(name: string, group: string): ParameterReader[] {
		const field = this.field(name);
		const values = this.value(name) as IDataObject | undefined;
		const rows = values?.[group];
		const fields =
			((field?.options ?? []) as INodePropertyCollection[]).find((o) => o.name === group)?.values ?? [];
		return asRows(rows).map((row) => new ParameterReader(this.index, this.parameters, fields, row));
	}

	/** Whether the form has this field, for what reads the forms of several operations. */
	declares(name: string): boolean {
		return this.field(name) !== undefined;
	}

	/** Whether the user filled it in: an option that was not added, or is empty, is not. */
	has(name: string): boolean {
		const value = this.value(name);
		return (
			value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
		);
	}

	/**
	 * The raw value, for what has no reader of its own (resource mappers, filters), and what every other reader starts from.
	 * An expression or a file can put anything into a field with choices ("Preview" for "preview", nothing at all): what
	 * nobody offered must not pass for any of them, however the field is read.
	 */
	value(name: string): unknown {
		this.declared(name);
		const field = this.field(name);
		const isSet = this.values === undefined || Object.hasOwn(this.values, name);
		const value = this.values === undefined ? this.ofItem(name) : this.values[name];
		if (isSet && field?.type === 'options') this.mustBeOffered(field, value);
		return value;
	}

	/** What the user typed, where it is the same for all items: an expression is not evaluated. */
	raw(name: string): unknown {
		this.declared(name);
		return this.values === undefined ? this.parameters.raw(name) : undefined;
	}

	/** What the field is called in the editor. */
	label(name: string): string {
		return this.field(name)?.displayName ?? name;
	}

	/** A complaint about a field: "'Subject' is empty". */
	fieldError(name: string, what: string, remedy: string): ServiceError {
		const label = this.label(name);
		return invalidInput(label, `'${label}' ${what}`, remedy);
	}

	/** An address at which a waiting execution goes on; n8n has signed it, with these parameters. */
	signedResumeUrl(query: Record<string, string>): string {
		return this.parameters.context.getSignedResumeUrl(query);
	}

	binaryNames(): string[] {
		return Object.keys(this.input.binary ?? {});
	}

	binary(property: string): IBinaryData {
		return this.parameters.context.helpers.assertBinaryData(this.index, property);
	}

	async bytes(property: string): Promise<Buffer> {
		return await this.parameters.context.helpers.getBinaryDataBuffer(this.index, property);
	}

	/** A field that no form has is empty for ever: a slip in its name must not pass for what nobody filled in. */
	private declared(name: string): void {
		if (!this.declares(name)) throw new UndeclaredField(name, this.fields);
	}

	/** The size of a file, and a way to read it piece by piece, wherever n8n keeps it (memory, disk, S3). */
	async stream(property: string): Promise<{ bytes: number; open(): Promise<Readable> }> {
		const { helpers } = this.parameters.context;
		const { id, data } = this.binary(property);
		if (id === undefined) {
			const content = Buffer.from(data, 'base64');
			return { bytes: content.length, open: async () => Readable.from([content]) };
		}
		const { fileSize } = await helpers.getBinaryMetadata(id);
		return { bytes: fileSize, open: async () => await helpers.getBinaryStream(id) };
	}

	private entries(name: string, split: (text: string) => string[], of?: string): string[] {
		const value = this.value(name);
		if (value === undefined || value === null || value === '') return [];
		const text = typeof value === 'object' ? undefined : String(value);
		const parts: unknown[] = text === undefined ? [value].flat() : (jsonList(text) ?? split(text));
		const entries = parts.map((part) => this.entryOf(name, part, of)).filter((entry) => entry !== '');
		const field = this.field(name);
		if (field?.type === 'multiOptions') for (const entry of entries) this.mustBeOffered(field, entry);
		return entries;
	}

	/** An entry of a list as text; '' for one that has nothing. */
	private entryOf(name: string, part: unknown, of: string | undefined): string {
		const entry = of !== undefined && isData(part) ? ((part as IDataObject)[of] ?? part) : part;
		if (typeof entry === 'object' && entry !== null)
			throw this.fieldError(
				name,
				'has lists or objects where texts are expected',
				`Choose one value of each in the expression, such as {{ $json.list.map((entry) => entry.${of ?? 'name'}) }}.`,
			);
		return String(entry ?? '').trim();
	}

	private ofItem(name: string): unknown {
		if (this.known !== undefined && Object.hasOwn(this.known, name)) return this.known[name];
		const value = this.parameters.read(name, this.index);
		this.known ??= {};
		this.known[name] = value;
		return value;
	}

	private mustBeOffered(field: INodeProperties, value: unknown): void {
		const mistake = notOffered(field, value);
		if (mistake !== undefined) throw mistake;
	}

	private field(name: string): INodeProperties | undefined {
		return this.fields.find((field) => field.name === name);
	}
}

/** A mistake in an operation, not in what somebody entered. */
export class UndeclaredField extends Error {
	constructor(name: string, fields: INodeProperties[]) {
		super(
			`The operation reads the field '${name}', which its form does not have. It has: ${fields.map((field) => field.name).join(', ')}`,
		);
		this.name = 'UndeclaredField';
	}
}

/** A fixed collection that takes one set of values holds it without a list around it. */
function asRows(rows: unknown): IDataObject[] {
	if (Array.isArray(rows)) return rows as IDataObject[];
	return typeof rows === 'object' && rows !== null ? [rows as IDataObject] : [];
}

/** All items of a run, for an operation that takes them as one input. */
export class InputItems {
	constructor(
		readonly context: IExecuteFunctions,
		readonly parameters: Parameters,
	) {}

	get length(): number {
		return this.context.getInputData().length;
	}

	/** The reader of the parameters that are the same for the whole run. */
	get settings(): ParameterReader {
		return this.at(0);
	}

	at(index: number): ParameterReader {
		return new ParameterReader(index, this.parameters);
	}

	*[Symbol.iterator](): Generator<ParameterReader> {
		for (let i = 0; i < this.length; i++) yield this.at(i);
	}
}

function objectOr<T extends IDataObject | undefined>(otherwise: T, value: unknown): IDataObject | T {
	return typeof value === 'object' && value !== null ? (value as IDataObject) : otherwise;
}

function limits(min: number, max: number): string {
	if (max === Infinity) return `${min} or more`;
	return min === -Infinity ? `${max} or less` : `between ${min} and ${max}`;
}
