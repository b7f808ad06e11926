import { ServiceError } from '../../../core/errors';

/** For a contact of a request for many of which the answer says nothing. */
export const unanswered = (address: string): ServiceError =>
	new ServiceError({
		service: 'Mailchimp',
		message: `Mailchimp’s answer does not say what became of “${address}”`,
		remedy: 'Look at the contact in Mailchimp; running it again does no harm.',
		outcome: 'unknown',
	});
