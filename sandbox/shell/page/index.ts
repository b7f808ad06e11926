import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Shell } from '../shell';
import { installGuard } from '../guard';
import type { Shown } from '../standIn';
import { faultsShown } from './faults';
import { type Place, sendShown } from './layout';
import { empty, type Query } from './list';
import { requestsShown } from './requests';

type WithId = { Params: { id: string } };
type Show = (query: Query, id: string) => Shown | undefined;

/**
 * The page for people: what has arrived and what is in store. Server-rendered, nothing loaded from elsewhere.
 * @throws {Error} when two services have a tab of the same name.
 */
export function installPage(app: FastifyInstance, shell: Shell): void {
	installGuard(app);
	checkTabs(shell);
	const add = (path: string, place: Place, show: Show) => {
		app.get<WithId>(path, async (request, reply) => {
			const shown = show(queryOf(request), request.params.id);
			if (shown) return await sendShown(request, reply, shell, place, shown);
			return await sendShown(request, reply.code(404), shell, {}, missing);
		});
	};
	add('/requests', { tab: 'requests' }, (query) => requestsShown(shell, query));
	add('/faults', { tab: 'faults' }, () => faultsShown(shell));
	const [first] = shell.running.flatMap(({ standIn }) => standIn.views);
	for (const { standIn, service } of shell.running) {
		for (const view of standIn.views) {
			const place = { service: standIn.name, tab: view.tab };
			const list: Show = (query) => view.show(service, query);
			add(`/${view.tab}`, place, list);
			if (view === first) add('/', place, list);
			if (view.one) add(`/${view.tab}/:id`, place, (query, id) => view.one?.(service, id, query));
			if (view.attachment) {
				addFiles(app, view.tab, (id, at) => view.attachment?.(service, id, at));
			}
		}
	}
}

function checkTabs({ running }: Shell): void {
	const seen = new Set(['requests', 'faults', ...running.map(({ standIn }) => standIn.name)]);
	for (const { standIn } of running) {
		for (const { tab } of standIn.views) {
			if (seen.has(tab)) throw new Error(`The tab "${tab}" of ${standIn.title} is taken: name it otherwise.`);
			seen.add(tab);
		}
	}
}

/** Files are handed out for saving only, so that the browser does not open what somebody sent. */
function addFiles(
	app: FastifyInstance,
	tab: string,
	find: (id: string, at: number) => { name: string; content: Buffer } | undefined,
): void {
	app.get<{ Params: { id: string; at: string } }>(`/${tab}/:id/attachments/:at`, async (request, reply) => {
		const file = find(request.params.id, Number(request.params.at));
		if (!file) return await reply.code(404).send({ error: 'There is no such attachment.' });
		return await reply
			.type('application/octet-stream')
			.header('x-content-type-options', 'nosniff')
			.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
			.send(file.content);
	});
}

const missing: Shown = {
	title: 'Not found',
	live: false,
	shown: empty('Not found', 'It is not here any more: the sandbox may have been reset.'),
};

/** A parameter that is given twice counts once. */
function queryOf(request: FastifyRequest): Query {
	const query = request.query as Record<string, string | string[] | undefined>;
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
	);
}
