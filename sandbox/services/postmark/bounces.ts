import { PostmarkError } from './errors';
import { dateRange, readFilters, readPage } from './paging';
import { BOUNCE_TYPES, type Bounce, nameOfBounce } from './records';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import { sourceOf } from './source';

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
type WithId = { Params: { id: string } };

/** `/bounces`, newest first, and `/deliverystats` (postmarkapp.com/developer/api/bounce-api). */
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
		const page = found.toReversed().slice(offset, offset + count);
		return { TotalCount: found.length, Bounces: page.map(withoutContent) };
	});

	app.get<WithId>('/bounces/:id', async (request) => find(server(request), request.params.id));

	// Without a dump the answer is empty: recorded answers of the service have it so.
	app.get<WithId>('/bounces/:id/dump', async (request) => {
		const of = server(request);
		const bounce = find(of, request.params.id);
		const message = of.message(bounce.MessageID);
		if (!bounce.DumpAvailable || !message) return {};
		return { Body: `${bounce.Details}\r\n\r\n${await sourceOf(message)}` };
	});

	app.put<WithId>('/bounces/:id/activate', async (request) => {
		const of = server(request);
		const bounce = find(of, request.params.id);
		if (!bounce.CanActivate) {
			throw new PostmarkError(1003, `The bounce ${bounce.ID} cannot be activated.`);
		}
		state.events.unsuppress(of, bounce.MessageStream, bounce.Email);
		bounce.Inactive = false;
		return { Message: 'OK', Bounce: bounce };
	});

	app.get('/deliverystats', async (request) => {
		const of = server(request);
		readFilters(request, state, []);
		const counts = new Map<string, number>();
		for (const { Type } of of.bounces) counts.set(Type, (counts.get(Type) ?? 0) + 1);
		return {
			InactiveMails: of.bounces.filter(({ Inactive }) => Inactive).length,
			Bounces: [
				{ Name: 'All', Count: of.bounces.length },
				...[...counts].map(([Type, Count]) => ({ Type, Name: nameOfBounce(Type), Count })),
			],
		};
	});
};

function find(of: PostmarkServer, id: string): Bounce {
	const found = of.bounces.find((bounce) => String(bounce.ID) === id);
	if (!found) throw new PostmarkError(1001, `There is no bounce with the id '${id}'.`);
	return found;
}

/** The content comes with a single bounce only. */
function withoutContent({ Content: _, ...bounce }: Bounce): Omit<Bounce, 'Content'> {
	return bounce;
}
