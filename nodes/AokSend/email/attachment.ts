import { readAttachments, selectBinary, type Attachment } from '../../../core/mail/attachments';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { megabytes } from '../../../core/text';

/** As users of the API have published: one file, 1 MB, these types. */
const MAX_BYTES = 1024 * 1024;
const TYPES = 'zip rar pdf jpg jpeg png gif mp4 txt csv doc docx xls xlsx ppt pptx'.split(' ');

/** The file that goes along; undefined when none does. */
export async function readAttachment(item: ParameterReader): Promise<Attachment | undefined> {
	const options = item.collection('options');
	if (!options.has('attachment')) return undefined;
	const names = selectBinary(item, options.list('attachment'), options.label('attachment'));
	if (names.length > 1)
		throw options.fieldError(
			'attachment',
			`names ${names.length} files, and one is taken`,
			'Name one, or put them into one ZIP file before (Compression node).',
		);
	const [file] = await readAttachments(item, names);
	if (file === undefined) return undefined;
	const ending = /\.(\w+)$/.exec(file.fileName)?.[1]?.toLowerCase() ?? '';
	if (!TYPES.includes(ending))
		throw options.fieldError(
			'attachment',
			`is “${file.fileName}”, a type that is not taken`,
			`Send a file of one of these types: ${TYPES.join(', ')}. Others can go in a ZIP file.`,
		);
	if (file.content.length > MAX_BYTES)
		throw options.fieldError(
			'attachment',
			`is “${file.fileName}” with ${megabytes(file.content.length)}, and 1 MB is taken`,
			'Send a smaller file, or a link to it.',
		);
	return file;
}
