import type { IDataObject } from 'n8n-workflow';
import { parseAddresses, type Address } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';

/** A person as Graph writes one. */
export const recipient = ({ name, address }: Address) => ({
	emailAddress: { address, ...(name === '' ? {} : { name }) },
});

/** Addresses may come as text or, from an expression, as a list: of texts, or of people as Outlook itself writes them. */
export function readRecipients(reader: ParameterReader, field: string): IDataObject[] {
	const value = reader.value(field);
	const text = Array.isArray(value) ? value.map(written).join(', ') : reader.text(field);
	return text === '' ? [] : parseAddresses(text, reader.label(field)).map(recipient);
}

/** The same where there must be somebody. @throws {ServiceError} for nobody */
export function readSomebody(reader: ParameterReader, field: string): IDataObject[] {
	const people = readRecipients(reader, field);
	if (people.length > 0) return people;
	throw reader.fieldError(field, 'is empty', 'Fill it in, or check the column its expression refers to.');
}

/** One entry of a list, as somebody would type it; what is no person is left to be found wanting by its words. */
function written(entry: unknown): string {
	if (typeof entry !== 'object' || entry === null) return String(entry ?? '');
	const { emailAddress } = entry as { emailAddress?: unknown };
	const { name, address } = (emailAddress ?? entry) as { name?: unknown; address?: unknown };
	if (typeof address !== 'string') return JSON.stringify(entry);
	return typeof name === 'string' && name !== ''
		? `"${name.replaceAll(/["\\]/g, '')}" <${address}>`
		: address;
}

/** More than this no mailbox is allowed, whatever an administrator sets (Exchange Online limits). */
const MOST = 1_000;

interface People {
	toRecipients: IDataObject[];
	ccRecipients: IDataObject[];
	bccRecipients: IDataObject[];
}

/**
 * To, CC and BCC of one message.
 *
 * @param mayLackTo of a draft, which somebody else may address
 * @throws {ServiceError} for nobody in To, and for more than any mailbox may write to
 */
export function readPeople(item: ParameterReader, options: ParameterReader, mayLackTo = false): People {
	const people = {
		toRecipients: mayLackTo ? readRecipients(item, 'to') : readSomebody(item, 'to'),
		ccRecipients: readRecipients(options, 'cc'),
		bccRecipients: readRecipients(options, 'bcc'),
	};
	demandFew(item, people);
	return people;
}

export function demandFew(item: ParameterReader, people: Partial<People>): void {
	const count = Object.values(people).reduce((sum, list) => sum + list.length, 0);
	if (count > MOST)
		throw item.fieldError(
			'to',
			`, CC and BCC have ${count} addresses together, and a message takes 1,000 at most`,
			'Split them over several items, or write to a distribution list.',
		);
}
