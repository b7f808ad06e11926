import type { INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { ServiceError } from '../../../core/errors';
import { WithFiles, type Row } from '../../../core/node/operation';

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 0a129aee-e1cd-480d-b08d-4f48548ff48d',
	description: 'The “MessageID” that sending, a search or a webhook gave for the email',
};

export const readMessageId = (item: ParameterReader): string => item.requiredText('messageId');

/** A raw source can be text in the item, or a file to attach or store. */
export const dumpFields: INodeProperties[] = [
	{
		displayName: 'Put Output in File',
		name: 'asFile',
		type: 'boolean',
		default: false,
		description: 'Whether to give the source as a file that mail programs open (.eml), and not as text',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryField',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		displayOptions: { show: { asFile: [true] } },
		description: 'The name of the binary field for the file',
	},
];

/** The name of the binary field, or undefined when the source stays text. */
export const readDumpField = (item: ParameterReader): string | undefined =>
	item.boolean('asFile') ? item.requiredText('binaryField') : undefined;

/** @throws {ServiceError} when there is no source to make a file of: Postmark keeps it for a limited time. */
export function dumpRow(id: { [name: string]: string | number }, body: unknown, field?: string): Row {
	const source = typeof body === 'string' ? body : '';
	if (field === undefined) return { ...id, Body: source };
	const name = String(Object.values(id)[0]);
	if (source === '')
		throw new ServiceError({
			service: 'Postmark',
			message: `Postmark has no source of “${name}” any more`,
			remedy:
				'Postmark keeps sources for a limited time. Fetch them sooner, or use Get for what is still known.',
		});
	return new WithFiles(id, {
		[field]: { content: Buffer.from(source), fileName: `${name}.eml`, mimeType: 'message/rfc822' },
	});
}
