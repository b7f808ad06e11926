import type { IBinaryData } from 'n8n-workflow';
import { invalidInput } from '../errors';
import type { ParameterReader } from '../node/parameters/reader';
import { wildcard } from '../node/wildcard';

export interface Attachment {
	fileName: string;
	mimeType: string;
	content: Buffer;
	/** The name of the binary field; an inline image is shown in the HTML by `cid:` and this name. */
	property: string;
}

/** The item's binary fields that a selection names: `invoice, photo_*`. A name without a field is an error. */
export function selectBinary(item: ParameterReader, selection: string[], label: string): string[] {
	const present = item.binaryNames();
	const chosen = new Set<string>();
	for (const wanted of selection) {
		const matches = present.filter(wildcard(wanted));
		if (matches.length === 0 && !wanted.includes('*'))
			throw invalidInput(
				label,
				`'${label}' names the binary field “${wanted}”, which this item does not have`,
				present.length > 0
					? `The item has: ${present.join(', ')}.${present.some((name) => /\s/.test(name)) ? ' Put double quotes around a name with a space in it.' : ''}`
					: 'The item has no files at all: check the node that should have loaded them.',
			);
		for (const name of matches) chosen.add(name);
	}
	return [...chosen];
}

/** Reads the files, wherever n8n keeps them (memory, disk, S3). */
export async function readAttachments(item: ParameterReader, properties: string[]): Promise<Attachment[]> {
	return await Promise.all(
		properties.map(async (property) => {
			const file = item.binary(property);
			const { mimeType } = file;
			return {
				property,
				fileName: fileNameOf(property, file),
				mimeType: mimeType || 'application/octet-stream',
				content: await item.bytes(property),
			};
		}),
	);
}

/** What a file is called: without a name as its field, with the ending of its type, by which readers open it. */
export function fileNameOf(property: string, { fileName, fileExtension, mimeType }: IBinaryData): string {
	if (fileName?.trim()) return fileName;
	const ending = fileExtension || endingOf(mimeType);
	return ending === '' || property.toLowerCase().endsWith(`.${ending.toLowerCase()}`)
		? property
		: `${property}.${ending}`;
}

/** '' when the type does not say what kind of file it is. The list of types is loaded only for a file without a name. */
function endingOf(mimeType: string): string {
	const { detectExtension } =
		require('nodemailer/lib/mime-funcs/mime-types') as typeof import('nodemailer/lib/mime-funcs/mime-types');
	const ending = detectExtension(mimeType.split(';', 1)[0] ?? '');
	return ending === 'bin' || !/^\w+$/.test(ending) ? '' : ending;
}
