import { type Program, stepsOf } from './parse';
import type { Model } from './render';

/** A place of the model as the template uses it. */
interface Used {
	names: Map<string, Used>;
	/** Of a list. */
	element?: Used;
	outer?: Used;
}

/**
 * An example model with every name the template uses, as Postmark suggests it: `{ name: 'name_Value' }`. What is given
 * already stays.
 */
export function suggestModel(programs: readonly Program[], given: Model = {}): Model {
	const root: Used = { names: new Map() };
	for (const program of programs) note(program, root);
	return merge(modelOf(root), given);
}

function note(program: Program, used: Used): void {
	for (const node of program) {
		if (node.kind === 'text' || node.kind === 'placeholder') continue;
		const found = placeAt(node.path, used);
		if (node.kind === 'each') note(node.body, (found.element ??= { names: new Map(), outer: found }));
		else if (node.kind !== 'value') note(node.body, found);
	}
}

function placeAt(path: string, from: Used): Used {
	let place = from;
	for (const step of stepsOf(path)) {
		if (step === '../') place = place.outer ?? place;
		else {
			const next: Used = place.names.get(step) ?? { names: new Map(), outer: place };
			place.names.set(step, next);
			place = next;
		}
	}
	return place;
}

function modelOf({ names }: Used): Model {
	return Object.fromEntries(
		[...names].map(([name, used]): [string, unknown] => {
			if (used.element) return [name, [valueOf(name, used.element)]];
			return [name, valueOf(name, used)];
		}),
	);
}

function valueOf(name: string, used: Used): unknown {
	return used.names.size > 0 ? modelOf(used) : `${name}_Value`;
}

function merge(suggested: Model, given: Model): Model {
	const merged: Model = { ...suggested };
	for (const [name, value] of Object.entries(given)) {
		const present = suggested[name];
		merged[name] = isModel(value) && isModel(present) ? merge(present, value) : value;
	}
	return merged;
}

function isModel(value: unknown): value is Model {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
