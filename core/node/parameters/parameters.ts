import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { findEmpty } from './emptyExpression';
import { compileExpression, NOT_PLAIN, type Lookup } from './reference';
import { unswitched } from './unswitched';

/** How a parameter is read: the same for all items, put together from plain references, or evaluated by n8n. */
type Reading = { constant: unknown } | { references: Lookup } | 'evaluate';

/** Where a run is: which node of which workflow, in which execution. */
export interface Origin {
	/** Of this n8n. */
	instance: string;
	/** '' for a workflow that was never saved. */
	workflow: string;
	node: string;
	execution: string;
	/** Counts how often the node has run in this execution (loops). */
	run: string;
}

/**
 * The node's parameters for one run.
 *
 * n8n evaluates an expression anew for every item, at about 0.4 ms each: four seconds for 10,000 items with one
 * expression. So a parameter without an expression is read once, and one whose expressions only name fields of the item,
 * alone (`{{ $json.email }}`) or within text (`Hello {{ $json.name }}`), is filled in directly. All others are left to n8n.
 */
export class Parameters {
	private readonly readings = new Map<string, Reading>();
	private place?: Origin;

	constructor(
		readonly context: IExecuteFunctions,
		readonly fields: INodeProperties[],
	) {}

	read(name: string, index: number): unknown {
		const reading = this.readings.get(name) ?? this.prepare(name);
		if (reading === 'evaluate') return this.evaluate(name, index);
		if ('constant' in reading) return reading.constant;
		const value = reading.references(this.context.getInputData()[index]!.json);
		return value === NOT_PLAIN ? this.evaluate(name, index) : value;
	}

	/** As the user typed it: expressions are not evaluated. */
	raw(name: string): unknown {
		return this.context.getNode().parameters[name];
	}

	/** The first expression of a parameter, as it was typed, that gives an item nothing; undefined when each gives something. */
	emptyExpression(typed: unknown, index: number): string | undefined {
		return typeof typed === 'string' ? findEmpty(typed, this.context, index) : undefined;
	}

	get origin(): Origin {
		this.place ??= {
			instance: this.context.getInstanceId(),
			workflow: this.context.getWorkflow().id ?? '',
			node: this.context.getNode().id,
			execution: this.context.getExecutionId(),
			run: String(this.context.evaluateExpression('{{ $runIndex }}', 0)),
		};
		return this.place;
	}

	private prepare(name: string): Reading {
		const raw = this.raw(name);
		const field = this.fields.find((one) => one.name === name);
		const mistake = field && unswitched(field, raw);
		if (mistake !== undefined) throw mistake;
		const reading: Reading = hasExpression(raw)
			? (compile(raw) ?? 'evaluate')
			: { constant: this.evaluate(name, 0) };
		this.readings.set(name, reading);
		return reading;
	}

	private evaluate(name: string, index: number): unknown {
		return this.context.getNodeParameter(name, index, undefined);
	}
}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}

function compile(raw: unknown): { references: Lookup } | undefined {
	const references = compileValue(raw);
	return references === undefined ? undefined : { references };
}

/** A function that fills in the references of a parameter, however deep; undefined when it has another expression. */
function compileValue(raw: unknown): Lookup | undefined {
	if (typeof raw === 'string' && raw.startsWith('=')) return compileExpression(raw);
	if (typeof raw !== 'object' || raw === null || !hasExpression(raw)) return () => raw;
	const entries: Array<[string, Lookup]> = [];
	for (const [key, value] of Object.entries(raw)) {
		const lookup = compileValue(value);
		if (lookup === undefined || key === '__proto__') return undefined;
		entries.push([key, lookup]);
	}
	return (json) => {
		const filled = (Array.isArray(raw) ? [] : {}) as Record<string, unknown>;
		for (const [key, lookup] of entries) {
			const value = lookup(json);
			if (value === NOT_PLAIN) return NOT_PLAIN;
			filled[key] = value;
		}
		return filled;
	};
}
