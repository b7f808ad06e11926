import { pathMatches } from '../requests';
import { type Fault, readFault } from './kinds';

export { type Fault, type FaultEffect, wordsOf } from './kinds';

/** What a service says of the faults that are its own; see `StandIn`. */
interface FaultRules {
	name: string;
	title: string;
	faults: Partial<Record<string, { on: RegExp; check?(fault: Fault): string | undefined }>>;
}

/** The faults that not every service has. */
const OWN = ['tokenRevoked', 'partial'];

export interface ArmedFault<Name extends string = string> {
	readonly id: number;
	readonly fault: Fault<Name>;
	/** How often it was played. */
	readonly played: number;
	/** How often it will still be played. */
	readonly left: number;
	/** Matching requests it still lets pass. */
	readonly passing: number;
	remove(): void;
}

type Entry<Name extends string> = { -readonly [K in keyof ArmedFault<Name>]: ArmedFault<Name>[K] };

/** The faults that are armed, in the order they were added; the first one that is due is played. */
export class Faults<Name extends string = string> {
	private armed: Array<Entry<Name>> = [];
	private sequence = 0;

	constructor(private readonly services: readonly FaultRules[]) {}

	/** @throws {Error} in plain words when the fault makes no sense for that service. */
	add(fault: Fault<Name>): ArmedFault<Name> {
		this.check(readFault(fault));
		this.sequence += 1;
		const id = this.sequence;
		const entry: Entry<Name> = {
			id,
			fault,
			played: 0,
			left: fault.times ?? 1,
			passing: fault.after ?? 0,
			remove: () => {
				this.armed = this.armed.filter((other) => other.id !== id);
			},
		};
		this.armed.push(entry);
		return entry;
	}

	/** The fault to play on this request, if one is due; counts it. */
	take(service: string, method: string, path: string): Fault<Name> | undefined {
		for (const entry of this.armed) {
			const { fault } = entry;
			if (fault.service !== service) continue;
			if (fault.method && fault.method.toUpperCase() !== method) continue;
			if (fault.path !== undefined && !pathMatches(fault.path, path)) continue;
			// Some faults only have a meaning on some requests: the others pass and are not counted.
			if (OWN.includes(fault.kind) && !this.rulesOf(fault)?.on.test(path)) continue;
			if (entry.passing > 0) {
				entry.passing -= 1;
				continue;
			}
			entry.played += 1;
			entry.left -= 1;
			if (entry.left <= 0) entry.remove();
			return fault;
		}
		return undefined;
	}

	list(): ReadonlyArray<ArmedFault<Name>> {
		return this.armed;
	}

	clear(): void {
		this.armed = [];
	}

	private rulesOf({ service, kind }: Fault) {
		return this.services.find(({ name }) => name === service)?.faults[kind];
	}

	private check(fault: Fault): void {
		const { service, kind } = fault;
		const found = this.services.find(({ name }) => name === service);
		if (!found) {
			const names = this.services.map(({ name }) => name).join(', ');
			throw new Error(`"service" of a fault must be one of ${names}, not "${service}".`);
		}
		const rules = this.rulesOf(fault);
		if (OWN.includes(kind) && !rules) {
			const able = this.services.filter(({ faults }) => faults[kind]).map(({ title }) => title);
			throw new Error(
				`A "${kind}" fault is for ${able.join(', ')} only: it has no meaning for ${found.title}.`,
			);
		}
		const wrong = rules?.check?.(fault);
		if (wrong !== undefined) throw new Error(wrong);
	}
}
