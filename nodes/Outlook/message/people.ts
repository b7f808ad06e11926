import type { IDataObject } from 'n8n-workflow';
import { parseAddresses, type Address } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';

/** A person as Graph writes one. */
export const recipient = ({ name, address }: Address) => ({
	emailAddress: { address, ...(name === '' ? {} : { name }) },
});

/** Addresses may come as text or, from an expression, as a list. */
export function readRecipients(reader: ParameterReader, field: string): IDataObject[] {
	const value = reader.value(field);
	const text = Array.isArray(value) ? value.join(', ') : reader.text(field);
	return text === '' ? [] : parseAddresses(text, reader.label(field)).map(recipient);
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
	if (!mayLackTo) item.requiredText('to');
	const people = {
		toRecipients: readRecipients(item, 'to'),
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
