import { invalid, notFound } from './errors';
import type { Template } from './records';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';
import type { MailchimpState } from './state';

const PATH = '/templates';
const ONE = '/templates/{template_id}';

/** An element that can be edited, with its name and what is in it: `<div mc:edit="body">…</div>`. */
const SECTION = /<(\w+)([^>]*\bmc:edit="([^"]+)"[^>]*)>([\s\S]*?)<\/\1>/g;

/** The content of each section, by its name. */
export const sectionsOf = (html: string): Record<string, string> =>
	Object.fromEntries([...html.matchAll(SECTION)].map(([, , , name = '', inner = '']) => [name, inner]));

/** @throws {MailchimpError} 400 for a section that the template does not have */
export function filledIn({ html }: Template, sections: Record<string, unknown>): string {
	const known = sectionsOf(html);
	const unknown = Object.keys(sections).find((name) => !Object.hasOwn(known, name));
	if (unknown !== undefined) throw invalid(`The template has no section '${unknown}'.`);
	return html.replaceAll(SECTION, (_whole, tag: string, rest: string, name: string, inner: string) => {
		const text = Object.hasOwn(sections, name) ? String(sections[name]) : inner;
		return `<${tag}${rest}>${text}</${tag}>`;
	});
}

/** One that was deleted is not there for a campaign. @throws {MailchimpError} 404 */
function templateOf({ state, params }: Ask): Template {
	const found = state.templates.get(Number(params.template_id));
	if (!found) throw notFound();
	return found;
}

function show(state: MailchimpState, { html: _html, ...template }: Template) {
	return {
		...template,
		drag_and_drop: false,
		responsive: false,
		category: '',
		created_by: 'MailOps Sandbox',
		edited_by: 'MailOps Sandbox',
		thumbnail: '',
		share_url: `https://mailchi.mp/template/${template.id}`,
		content_type: 'html',
		_links: linksTo(state, `${PATH}/${template.id}`),
	};
}

/** Templates (mailchimp.com/developer/marketing/api/templates): the HTML itself is never given back. */
export function templates(resource: Resource): void {
	const { state } = resource;
	route(resource, 'GET', PATH, (ask) => list(ask));
	route(resource, 'POST', PATH, ({ body }) => {
		const template: Template = {
			id: state.newId(),
			type: 'user',
			name: '',
			html: '',
			folder_id: '',
			active: true,
			date_created: state.stamp(),
			date_edited: state.stamp(),
		};
		write(state, template, body);
		state.templates.set(template.id, template);
		return show(state, template);
	});
	route(resource, 'GET', ONE, (ask) => show(state, templateOf(ask)));
	route(resource, 'PATCH', ONE, (ask) => {
		const template = templateOf(ask);
		if (!template.active || template.type !== 'user') throw invalid('This template cannot be edited.');
		write(state, template, ask.body);
		template.date_edited = state.stamp();
		return show(state, template);
	});
	// “User templates are not 'deleted,' but rather marked as 'inactive.'” (the field `active` of the description)
	route(resource, 'DELETE', ONE, (ask) => void (templateOf(ask).active = false), { empty: true });
	route(resource, 'GET', `${ONE}/default-content`, (ask) => ({
		sections: sectionsOf(templateOf(ask).html),
		_links: linksTo(state, `${PATH}/${templateOf(ask).id}/default-content`),
	}));
}

function write(state: MailchimpState, template: Template, given: Record<string, unknown>): void {
	const { folder_id: folder } = given;
	if (folder !== undefined && folder !== '' && !state.templateFolders.has(String(folder)))
		throw invalid('The folder does not exist.');
	Object.assign(template, given);
}

const time = (text: unknown) => Date.parse(String(text));

function list({ state, query }: Ask) {
	const fits = ({ type, folder_id: folder, date_created: made, active }: Template) =>
		active &&
		(query.type === undefined || type === query.type) &&
		(query.category === undefined || query.category === '') &&
		(query.content_type === undefined || query.content_type === 'html') &&
		(query.created_by === undefined || query.created_by === 'MailOps Sandbox') &&
		(query.folder_id === undefined || folder === query.folder_id) &&
		(query.since_date_created === undefined || time(made) > time(query.since_date_created)) &&
		(query.before_date_created === undefined || time(made) < time(query.before_date_created));
	const found = [...state.templates.values()].filter(fits);
	const { sort_field: by } = query;
	if (by === 'name' || by === 'date_edited' || by === 'date_created')
		found.sort((one, other) => one[by].localeCompare(other[by]));
	if (query.sort_dir === 'DESC') found.reverse();
	return {
		templates: pageOf(found, query).map((one) => show(state, one)),
		total_items: found.length,
		_links: linksTo(state, PATH),
	};
}
