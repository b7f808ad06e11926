import type { Connection } from '../connection/connection';
import { Client } from './client';
import type { ServiceContext, ServiceDefinition } from './definition';

/** Something a node can be connected to. */
export interface Service<C extends Connection = Client> {
	/** A connection for one run (or one look-up of the editor), signed in with the node's credential. */
	open(context: ServiceContext): Promise<C>;
}

export function service(definition: ServiceDefinition): Service & { definition: ServiceDefinition } {
	return { definition, open: async (context) => await Client.open(definition, context) };
}
