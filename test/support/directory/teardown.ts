import { rmSync } from 'node:fs';
import { started } from './started';

export default async function teardown(): Promise<void> {
	await Promise.all(started.servers.map(async (server) => await server.remove()));
	for (const folder of started.folders) rmSync(folder, { recursive: true, force: true });
}
