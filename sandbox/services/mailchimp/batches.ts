import { resultsAddress } from './batchFiles';
import type { Batch, Operation } from './batchRuns';
import { badRequest, notFound } from './errors';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';
import type { MailchimpState } from './state';

const PATH = '/batches';
const ONE = '/batches/{batch_id}';

export function batches(resource: Resource): void {
	const { state } = resource;
	const known = ({ params }: Ask) => {
		const found = state.batches.all.get(params.batch_id ?? '');
		if (!found) throw notFound();
		return found;
	};
	route(resource, 'POST', PATH, ({ body, authorization }) => {
		const operations = body.operations as Operation[];
		if (operations.length === 0) throw badRequest('A batch needs at least one operation.');
		for (const { path, method, params } of operations) {
			if (/^\/?batches\b/.test(path)) throw badRequest('A batch can not have batches.');
			if (params && method !== 'GET') throw badRequest('Only GET operations have params.');
		}
		return show(state, state.batches.add(operations, authorization));
	});
	route(resource, 'GET', PATH, ({ query }) => {
		const all = [...state.batches.all.values()].toReversed();
		return {
			batches: pageOf(all, query).map((one) => show(state, one)),
			total_items: all.length,
			_links: linksTo(state, PATH),
		};
	});
	route(resource, 'GET', ONE, (ask) => show(state, known(ask)));
	route(resource, 'DELETE', ONE, (ask) => void state.batches.all.delete(known(ask).id), { empty: true });
}

/** Operations with an error do not keep a batch from being finished. */
function show(state: MailchimpState, batch: Batch) {
	const { id, status, operations, results, submitted_at, completed_at } = batch;
	return {
		id,
		status,
		total_operations: operations.length,
		finished_operations: results.length,
		errored_operations: results.filter(({ status_code: code }) => code >= 400).length,
		submitted_at,
		completed_at,
		response_body_url: status === 'finished' ? resultsAddress(state, batch) : '',
		_links: linksTo(state, `/batches/${id}`),
	};
}
