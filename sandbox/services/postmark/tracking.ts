import { PostmarkError } from './errors';
import { readPage } from './paging';
import type { Click, Open } from './records';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';

const BAD_QUERY = 700;
const FILTERS = [
	'recipient',
	'tag',
	'client_name',
	'client_company',
	'client_family',
	'os_name',
	'os_family',
	'os_company',
	'platform',
	'country',
	'region',
	'city',
	'messagestream',
];
type WithId = { Params: { id: string } };

/** Opens and clicks, of all messages or of one, newest first (postmarkapp.com/developer/api/messages-api). */
export const tracking: Resource = ({ app, state, server }) => {
	const list = <T extends Open | Click>(
		path: string,
		name: string,
		records: (of: PostmarkServer) => readonly T[],
	) => {
		app.get(`/messages/outbound/${path}`, async (request) => {
			const of = server(request);
			const { count, offset, filters } = readPage(request, state, FILTERS, BAD_QUERY);
			const found = records(of).filter((record) => matches(record, filters));
			return { TotalCount: found.length, [name]: found.toReversed().slice(offset, offset + count) };
		});
		app.get<WithId>(`/messages/outbound/${path}/:id`, async (request) => {
			const of = server(request);
			const { id } = request.params;
			const { count, offset } = readPage(request, state, [], BAD_QUERY);
			if (!of.message(id)) throw new PostmarkError(701, `There is no message with the id '${id}'.`);
			const found = records(of).filter(({ MessageID }) => MessageID === id.toLowerCase());
			return { TotalCount: found.length, [name]: found.toReversed().slice(offset, offset + count) };
		});
	};
	list('opens', 'Opens', (of) => of.opens);
	list('clicks', 'Clicks', (of) => of.clicks);
};

function matches(record: Open | Click, filters: Record<string, string>): boolean {
	const { Client, OS, Geo } = record;
	const held: Record<string, string | undefined> = {
		recipient: record.Recipient,
		tag: record.Tag,
		client_name: Client.Name,
		client_company: Client.Company,
		client_family: Client.Family,
		os_name: OS.Name,
		os_family: OS.Family,
		os_company: OS.Company,
		platform: record.Platform,
		country: Geo.Country,
		region: Geo.Region,
		city: Geo.City,
		messagestream: record.MessageStream,
	};
	return Object.keys(held).every(
		(name) => filters[name] === undefined || held[name]?.toLowerCase() === filters[name]?.toLowerCase(),
	);
}
