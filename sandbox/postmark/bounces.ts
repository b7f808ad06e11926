import { PostmarkError } from './errors';
import { dateRange, readPage } from './paging';
import { BOUNCE_TYPES } from './records';
import type { Resource } from './resource';

const FILTERS = [
	'type',
	'inactive',
	'emailfilter',
	'tag',
	'messageid',
	'fromdate',
	'todate',
	'messagestream',
];
const BAD_QUERY = 1000;

/** `GET /bounces`, newest first, and one of them (postmarkapp.com/developer/api/bounce-api). */
export const bounces: Resource = ({ app, state, server }) => {
	app.get('/bounces', async (request) => {
		const of = server(request);
		const { count, offset, filters } = readPage(request, state, FILTERS, BAD_QUERY);
		const { type, inactive, emailfilter, tag, messageid, messagestream } = filters;
		if (type !== undefined && !Object.hasOwn(BOUNCE_TYPES, type)) {
			throw new PostmarkError(BAD_QUERY, `'${type}' is not a type of bounce.`);
		}
		const inRange = dateRange(filters, BAD_QUERY);
		const found = of.bounces.filter(
			(bounce) =>
				(type === undefined || bounce.Type === type) &&
				(inactive === undefined || String(bounce.Inactive) === inactive.toLowerCase()) &&
				(emailfilter === undefined || bounce.Email.toLowerCase().includes(emailfilter.toLowerCase())) &&
				(tag === undefined || bounce.Tag === tag) &&
				(messageid === undefined || bounce.MessageID === messageid) &&
				(messagestream === undefined || bounce.MessageStream === messagestream) &&
				inRange(Date.parse(bounce.BouncedAt)),
		);
		return { TotalCount: found.length, Bounces: found.toReversed().slice(offset, offset + count) };
	});

	app.get<{ Params: { id: string } }>('/bounces/:id', async (request) => {
		const found = server(request).bounces.find((bounce) => String(bounce.ID) === request.params.id);
		if (!found) throw new PostmarkError(1001, `There is no bounce with the id '${request.params.id}'.`);
		return found;
	});
};
