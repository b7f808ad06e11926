import { badRequest, invalid, notFound } from './errors';
import type { StoredFile } from './records';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';
import type { MailchimpState } from './state';

const PATH = '/file-manager/files';
const ONE = `${PATH}/{file_id}`;

const IMAGE = /\.(?:png|jpe?g|gif|webp)$/i;

/** Images and files that campaigns can link to. */
export function files(resource: Resource): void {
	const { state } = resource;
	const known = ({ params }: Ask) => {
		const found = state.files.get(Number(params.file_id));
		if (!found) throw notFound();
		return found;
	};
	route(resource, 'GET', PATH, ({ query }) => {
		const all = [...state.files.values()].filter(
			({ type, created_at: at }) =>
				(query.type === undefined || query.type === type) &&
				(query.since_created_at === undefined ||
					Date.parse(at) >= Date.parse(String(query.since_created_at))) &&
				(query.before_created_at === undefined ||
					Date.parse(at) < Date.parse(String(query.before_created_at))),
		);
		return {
			files: pageOf(all, query).map((file) => show(state, file)),
			total_file_size: all.reduce((sum, { size }) => sum + size, 0),
			total_items: all.length,
			_links: linksTo(state, PATH),
		};
	});
	route(resource, 'POST', PATH, ({ body }) => {
		const data = Buffer.from(String(body.file_data), 'base64');
		if (data.length === 0 || data.toString('base64') !== String(body.file_data))
			throw badRequest('The file data is not valid base64.');
		if (!/\.\w+$/.test(String(body.name))) throw invalid('The name of a file needs an extension.');
		const file: StoredFile = {
			id: state.newId(),
			folder_id: Number(body.folder_id ?? 0),
			type: IMAGE.test(String(body.name)) ? 'image' : 'file',
			name: String(body.name),
			size: data.length,
			created_at: state.stamp(),
			created_by: 'MailOps Sandbox',
		};
		state.files.set(file.id, file);
		return show(state, file);
	});
	route(resource, 'GET', ONE, (ask) => show(state, known(ask)));
	route(resource, 'DELETE', ONE, (ask) => void state.files.delete(known(ask).id), { empty: true });
}

function show(state: MailchimpState, file: StoredFile) {
	const url = `https://mcusercontent.com/${state.account.id}/${file.type}s/${file.id}`;
	return {
		...file,
		full_size_url: url,
		thumbnail_url: file.type === 'image' ? url : '',
		...(file.type === 'image' ? { width: 1, height: 1 } : {}),
		_links: linksTo(state, `${PATH}/${file.id}`),
	};
}
