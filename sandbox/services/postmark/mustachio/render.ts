import { escape } from '../../../shell/page/html';
import { type Program, stepsOf } from './parse';

export type Model = Record<string, unknown>;

/**
 * A value and where it was found. Every step of a path is a place of its own, and so is every element of a list: `../`
 * in `{{#each company.people}}` is the list, `../../` the company (Mustachio.Tests, TemplateRendersWithComplextEachPath).
 */
interface Place {
	value: unknown;
	outer?: Place;
}

/**
 * @param escaped whether `{{name}}` is made safe for HTML: in HtmlBody it is, in a subject or text it is not.
 * @param content stands at `{{{@content}}}` of a layout.
 */
export function renderTemplate(program: Program, model: unknown, escaped: boolean, content = ''): string {
	const body = (nodes: Program, place: Place): string =>
		nodes
			.map((node) => {
				if (node.kind === 'text') return node.text;
				if (node.kind === 'placeholder') return content;
				const found = placeAt(node.path, place);
				switch (node.kind) {
					case 'value':
						return escaped && !node.raw ? escape(asText(found.value)) : asText(found.value);
					case 'each': {
						// The service refuses anything but a list here, with an answer that is not public.
						const items: unknown[] = Array.isArray(found.value) ? found.value : [];
						return items.map((value) => body(node.body, { value, outer: found })).join('');
					}
					case 'section':
						return exists(found.value) ? body(node.body, found) : '';
					case 'inverted':
						return exists(found.value) ? '' : body(node.body, found);
				}
			})
			.join('');
	return body(program, { value: model });
}

function placeAt(path: string, from: Place): Place {
	let place = from;
	for (const step of stepsOf(path)) {
		// At the outermost place there is no further out: it stays there.
		place = step === '../' ? (place.outer ?? place) : { value: own(place.value, step), outer: place };
	}
	return place;
}

/** Only what a model really holds: `constructor` and the like are not names of it. */
function own(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Model)[name]
		: undefined;
}

/** Nothing, false, 0, an empty text, an empty list and an empty object do not exist for a section. */
function exists(value: unknown): boolean {
	return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}

/** The service writes switches as .NET does; what it makes of lists and objects is not public. */
function asText(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
