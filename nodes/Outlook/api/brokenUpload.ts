import { ServiceError } from '../../../core/errors';

/** A file that did not get there; what it was for is not sent without it. */
export const brokenUpload = (name: string, why: string): ServiceError =>
	new ServiceError({
		service: 'Outlook',
		message: `The file${name === '' ? '' : ` “${name}”`} could not be uploaded: ${why}`,
		remedy: 'Run the item again: nothing was sent.',
		field: 'Attachments',
		outcome: 'refused',
		canRetry: true,
	});
