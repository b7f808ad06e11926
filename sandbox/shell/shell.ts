import type { Faults } from './faults';
import type { RequestLog } from './requests';
import type { Credential, Service, ServicesOf, StandIn } from './standIn';

/** A service that runs, with what is known of it. */
export interface Running {
	standIn: StandIn;
	service: Service;
}

/** Local stand-ins for services, on one port of 127.0.0.1. */
export interface Shell<List extends readonly StandIn[] = readonly StandIn[]> {
	/** `http://127.0.0.1:PORT`, where the page is. */
	readonly url: string;
	/** By name. */
	readonly services: ServicesOf<List>;
	/** The same in the order of the list, for what works on any of them. */
	readonly running: readonly Running[];
	readonly faults: Faults<List[number]['name']>;
	readonly requests: RequestLog<List[number]['name']>;
	/** What signs in to the services; all of it is made up. */
	credentials(): Credential[];
	/** Puts in something to look at, in every service that has something. */
	sample(): Promise<void>;
	/** Back to the state of a fresh start: no records, no faults, no log, default settings, no valid tokens. */
	reset(): void;
	close(): Promise<void>;
}
