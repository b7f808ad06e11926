import { parseAddress } from './addresses';
import { readBody } from './body';
import { PostmarkError, invalidField } from './errors';
import type { Resource } from './resource';

/**
 * `/data-removals` with the account token (postmarkapp.com/developer/api/data-removal-api). It takes days at the service;
 * here a request is Pending when it is made and Done when it is asked for. Stored messages stay, so that they can be looked at.
 */
export const dataRemovals: Resource = ({ app, state, account }) => {
	app.post('/data-removals', async (request) => {
		account(request);
		const { RequestedBy, RequestedFor, NotifyWhenCompleted } = readBody(request, state, {
			RequestedBy: 'string',
			RequestedFor: 'string',
			NotifyWhenCompleted: 'boolean',
		}) as Record<string, string | boolean | undefined>;
		for (const [field, value] of Object.entries({ RequestedBy, RequestedFor })) {
			if (typeof value !== 'string' || !value) throw invalidField(`The field '${field}' is required.`);
			parseAddress(value, field);
		}
		if (NotifyWhenCompleted === undefined) throw invalidField("The field 'NotifyWhenCompleted' is required.");
		const ID = state.newId();
		state.dataRemovals.set(ID, { by: String(RequestedBy), for: String(RequestedFor) });
		return { ID, Status: 'Pending' };
	});

	app.get<{ Params: { id: string } }>('/data-removals/:id', async (request) => {
		account(request);
		const ID = Number(request.params.id);
		if (!state.dataRemovals.has(ID)) {
			throw new PostmarkError(
				12,
				`There is no data removal request with the id '${request.params.id}'.`,
				404,
			);
		}
		return { ID, Status: 'Done' };
	});
};
