import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import type { Attachment } from '../../core/mail/attachments';
import { truncate } from '../../core/text';

/** Files as SendPulse takes them: base64 by name. @throws {ServiceError} for two of one name */
export function filesByName(attachments: Attachment[]): IDataObject {
	const files: IDataObject = {};
	for (const { fileName, content } of attachments) {
		if (Object.hasOwn(files, fileName))
			throw new ServiceError({
				message: `Two attachments are called “${truncate(fileName)}”, and SendPulse tells them apart by their names`,
				remedy: 'Rename one of them.',
				field: 'Attachments',
				outcome: 'notSent',
			});
		files[fileName] = content.toString('base64');
	}
	return files;
}

/** HTML as SendPulse takes it. */
export const inBase64 = (text: string): string => Buffer.from(text).toString('base64');
