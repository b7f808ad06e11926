import { answerEach, checkSize } from './batch';
import type { Resource } from './resource';
import { accept } from './sending';

/** `POST /email` and `POST /email/batch`, a bare array (postmarkapp.com/developer/api/email-api). */
export const email: Resource = ({ app, state, testable }) => {
	app.post('/email', async (request) => {
		const caller = testable(request);
		checkSize(request);
		return accept(request.body, caller, state, 'POST /email');
	});

	app.post('/email/batch', async (request) => {
		const caller = testable(request);
		return answerEach(request.body, request, (message) =>
			accept(message, caller, state, 'POST /email/batch'),
		);
	});
};
