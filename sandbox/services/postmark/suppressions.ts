import type { FastifyRequest } from 'fastify';
import { isAddress } from './addresses';
import { readBody } from './body';
import { invalidField } from './errors';
import { dateRange, readFilters } from './paging';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import { streamOf } from './streams';
import type { PostmarkState } from './state';

/** The page does not tell the limit; 50 is what is commonly said. */
const MAX_ADDRESSES = 50;
const REASONS = ['HardBounce', 'SpamComplaint', 'ManualSuppression'];
const ORIGINS = ['Recipient', 'Customer', 'Admin'];
const NO_AUTHORITY = 'You do not have the required authority to change this suppression.';

type WithStream = { Params: { stream: string } };
type Outcome = { EmailAddress: string; Status: string; Message: string | null };

/** `/message-streams/{id}/suppressions` (postmarkapp.com/developer/api/suppressions-api). */
export const suppressions: Resource = ({ app, state, server }) => {
	app.get<WithStream>('/message-streams/:stream/suppressions/dump', async (request) => {
		const of = server(request);
		const stream = streamOf(of, request.params.stream);
		const filters = readFilters(request, state, [
			'suppressionreason',
			'origin',
			'emailaddress',
			'fromdate',
			'todate',
		]);
		const reason = oneOf(REASONS, filters.suppressionreason, 'SuppressionReason');
		const origin = oneOf(ORIGINS, filters.origin, 'Origin');
		const address = filters.emailaddress?.toLowerCase();
		const inRange = dateRange(filters, 403);
		const found = of.suppressions
			.in(stream.ID)
			.filter(
				(one) =>
					(reason === undefined || one.SuppressionReason === reason) &&
					(origin === undefined || one.Origin === origin) &&
					(address === undefined || one.EmailAddress.toLowerCase() === address) &&
					inRange(Date.parse(one.CreatedAt)),
			);
		return { Suppressions: found };
	});

	const each = (
		path: string,
		change: (of: PostmarkServer, stream: string, address: string) => Omit<Outcome, 'EmailAddress'>,
	) => {
		app.post<WithStream>(`/message-streams/:stream/suppressions${path}`, async (request) => {
			const of = server(request);
			const { ID } = streamOf(of, request.params.stream);
			const addresses = readAddresses(request, state);
			return {
				Suppressions: addresses.map((address) => ({ EmailAddress: address, ...change(of, ID, address) })),
			};
		});
	};

	each('', (of, stream, address) => {
		if (!isAddress(address.trim())) {
			return { Status: 'Failed', Message: 'An invalid email address was provided.' };
		}
		state.events.suppress(of, stream, address, 'ManualSuppression', 'Customer');
		return { Status: 'Suppressed', Message: null };
	});

	// Taking away what is not there succeeds: the sandbox's own reading.
	each('/delete', (of, stream, address) => {
		const present = of.suppressions.get(stream, address);
		if (present?.SuppressionReason === 'SpamComplaint') return { Status: 'Failed', Message: NO_AUTHORITY };
		state.events.unsuppress(of, stream, address);
		return { Status: 'Deleted', Message: null };
	});
};

function readAddresses(request: FastifyRequest, state: PostmarkState): string[] {
	const { Suppressions: list } = readBody(request, state, { Suppressions: 'array' });
	if (!Array.isArray(list) || list.length === 0) throw invalidField("The field 'Suppressions' is required.");
	if (list.length > MAX_ADDRESSES) {
		throw invalidField(`One request can have at most ${MAX_ADDRESSES} suppressions, not ${list.length}.`);
	}
	return list.map((one: unknown) => {
		const { EmailAddress } = (one ?? {}) as { EmailAddress?: unknown };
		if (typeof EmailAddress !== 'string') throw invalidField("Each suppression needs an 'EmailAddress'.");
		return EmailAddress;
	});
}

function oneOf(list: string[], value: string | undefined, name: string): string | undefined {
	if (value === undefined) return undefined;
	const found = list.find((one) => one.toLowerCase() === value.toLowerCase());
	if (!found)
		throw invalidField(`The parameter '${name}' must be one of ${list.join(', ')}, not '${value}'.`);
	return found;
}
