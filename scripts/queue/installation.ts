import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialsOfNodes, sandboxCredentials } from '../n8n/credentials';
import { freePort, stopAll } from '../n8n/processes';
import {
	ensureN8n,
	importCredentials,
	importWorkflows,
	installPack,
	login,
	packTarball,
	publish,
	setUpOwner,
	startProcess,
	startServer,
	type N8nHome,
	type N8nProcess,
	type N8nServer,
} from '../n8n/server';
import { linked, type WorkflowFile } from '../n8n/workflows';
import { POSTGRES, PostgresServer } from './postgres';
import { RedisServer } from './redis';

type Say = (line: string) => void;

/** An n8n in queue mode as its documentation has it, with the packed pack: Redis, PostgreSQL, main, workers, webhooks. */
export class QueueInstallation {
	main!: N8nServer;
	/** A process that takes webhooks beside the main one. */
	webhooks!: N8nServer;
	readonly workers: N8nProcess[] = [];

	private constructor(
		private readonly home: N8nHome,
		readonly sandbox: Sandbox,
		readonly redis: RedisServer,
		private readonly postgres: PostgresServer,
	) {}

	/** @param workflows are published @throws Error; nothing is left then */
	static async start(workflows: WorkflowFile[], say: Say): Promise<QueueInstallation> {
		const undo: Array<() => Promise<void>> = [];
		try {
			const n8n = await ensureN8n(say);
			const tarball = await packTarball();
			const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailops-queue-')));
			undo.push(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
			const redis = await RedisServer.start();
			undo.push(async () => await redis.remove());
			const postgres = await PostgresServer.start();
			undo.push(async () => await postgres.remove());
			const sandbox = await startSandbox({ port: 0 });
			undo.push(async () => await sandbox.close());
			await installPack(n8n, folder, tarball);
			const settings = settingsOf(redis, postgres);
			const home: N8nHome = { n8n, userFolder: folder, filesFolder: join(folder, 'files'), settings };
			const installation = new QueueInstallation(home, sandbox, redis, postgres);
			await installation.import(workflows);
			say(
				`n8n ${n8n.version} with ${tarball.manifest.name} ${tarball.manifest.version}: starting its processes…`,
			);
			await installation.startProcesses();
			await installation.publish(workflows);
			return installation;
		} catch (error) {
			await stopAll();
			for (const step of undo.reverse()) await step();
			throw error;
		}
	}

	async addWorker(): Promise<N8nProcess> {
		const worker = await startProcess(this.home, ['worker', '--concurrency=10'], {}, (log) =>
			log.includes('n8n worker is now ready'),
		);
		this.workers.push(worker);
		return worker;
	}

	/** As by `kill -9`. */
	async killMain(): Promise<void> {
		await this.main.kill();
	}

	/** At the address that it had. */
	async restartMain(): Promise<void> {
		this.main = await startServer(this.home, { port: Number(new URL(this.main.url).port) });
	}

	/** What n8n has said, for when something went wrong. */
	lastWords(): string {
		const all: Array<[string, N8nProcess]> = [
			['main', this.main],
			['webhooks', this.webhooks],
			...this.workers.map((worker, i): [string, N8nProcess] => [`worker ${i + 1}`, worker]),
		];
		return all.map(([name, process]) => `--- ${name}\n${process.log().slice(-2_000)}`).join('\n');
	}

	async stop(): Promise<void> {
		const all = [this.webhooks, ...this.workers, this.main];
		await Promise.all(all.map(async (process) => await process?.stop()));
		await this.redis.remove();
		await this.postgres.remove();
		await this.sandbox.close();
		rmSync(this.home.userFolder, { recursive: true, force: true, maxRetries: 5 });
	}

	private async import(workflows: WorkflowFile[]): Promise<void> {
		const credentials = sandboxCredentials(this.sandbox);
		const all = workflows.map((workflow) => linked(workflow, credentials, credentialsOfNodes(this.sandbox)));
		await importCredentials(this.home, credentials);
		await importWorkflows(this.home, all);
	}

	private async startProcesses(): Promise<void> {
		// The first process brings the database up to date.
		this.main = await startServer(this.home);
		const port = await freePort();
		const settings = { N8N_PORT: String(port), N8N_WEBHOOK_URL: this.main.url };
		const [webhooks] = await Promise.all([
			startProcess(this.home, ['webhook'], settings, (log) => log.includes('waiting for requests')),
			this.addWorker(),
			this.addWorker(),
		]);
		this.webhooks = { url: `http://127.0.0.1:${port}`, ...webhooks };
	}

	private async publish(workflows: WorkflowFile[]): Promise<void> {
		await setUpOwner(this.main.url, OWNER);
		const session = await login(this.main.url, OWNER);
		for (const { id } of workflows) await publish(session, id);
	}
}

const OWNER = {
	email: 'queue@mailops.example',
	password: `Queue1-${randomBytes(8).toString('hex')}`,
	firstName: 'Queue',
	lastName: 'Run',
};

const settingsOf = (redis: RedisServer, postgres: PostgresServer): Record<string, string> => ({
	EXECUTIONS_MODE: 'queue',
	QUEUE_BULL_REDIS_HOST: '127.0.0.1',
	QUEUE_BULL_REDIS_PORT: String(redis.port),
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: String(postgres.port),
	DB_POSTGRESDB_DATABASE: POSTGRES.database,
	DB_POSTGRESDB_USER: POSTGRES.user,
	DB_POSTGRESDB_PASSWORD: '',
	DB_POSTGRESDB_POOL_SIZE: '10',
	N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
});
