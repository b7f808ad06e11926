import { readFileSync } from 'node:fs';

/** Where n8n's Redis is, as n8n itself reads it. */
export interface RedisSettings {
	/** What n8n puts before each of its keys; in a cluster in braces, so that all keys are on one node. */
	prefix: string;
	/** One node, or those that a cluster is entered by. */
	nodes: Array<{ host: string; port: number }>;
	isCluster: boolean;
	db: number;
	username: string;
	password: string;
	tls?: { servername?: string; rejectUnauthorized: boolean };
	/** Whether a name may lead to an IPv6 address. */
	dualStack: boolean;
	/** False where a cluster's certificates name its nodes, so that these must be used as they are. */
	resolveNames: boolean;
	/** Milliseconds. */
	slotsRefreshTimeout: number;
	slotsRefreshInterval: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether n8n runs in queue mode, in which several processes work side by side. A worker always does, also when only its
 * command says so.
 */
export function isQueueMode(
	env: Environment = process.env,
	command: readonly string[] = process.argv,
): boolean {
	return read(env, 'EXECUTIONS_MODE', 'regular') === 'queue' || command[2] === 'worker';
}

/**
 * n8n's own settings (https://docs.n8n.io/hosting/configuration/environment-variables/queue-mode/), with its defaults and
 * its ways of reading (`@n8n/config`): `…_FILE` names a file that holds the value, quotes around a text are dropped, and
 * what is no number or no truth value counts as not set.
 *
 * @throws Error when a `…_FILE` cannot be read
 */
export function redisSettings(env: Environment = process.env): RedisSettings {
	const text = (name: string, otherwise = '') => read(env, name, otherwise);
	const whole = (name: string, otherwise: number) => toNumber(raw(env, name)) ?? otherwise;
	const flag = (name: string, otherwise = false) => toFlag(raw(env, name)) ?? otherwise;
	const redis = 'QUEUE_BULL_REDIS_';
	const cluster = nodesOf(text(`${redis}CLUSTER_NODES`));
	const isCluster = cluster.length > 0;
	const prefix = text('QUEUE_BULL_PREFIX', 'bull');
	const servername = text(`${redis}TLS_SERVERNAME`);
	return {
		prefix: isCluster ? inBraces(prefix) : prefix,
		nodes: isCluster
			? cluster
			: [{ host: text(`${redis}HOST`, 'localhost'), port: whole(`${redis}PORT`, 6379) }],
		isCluster,
		db: whole(`${redis}DB`, 0),
		username: text(`${redis}USERNAME`),
		password: text(`${redis}PASSWORD`),
		...(flag(`${redis}TLS`) && {
			tls: {
				...(servername !== '' && { servername }),
				rejectUnauthorized: flag(`${redis}TLS_VALIDATE_CERTIFICATE`, true),
			},
		}),
		dualStack: flag(`${redis}DUALSTACK`),
		resolveNames: text(`${redis}DNS_LOOKUP_STRATEGY`, 'LOOKUP') !== 'NONE',
		slotsRefreshTimeout: whole(`${redis}SLOT_REFRESH_TIMEOUT`, 1_000),
		slotsRefreshInterval: whole(`${redis}SLOT_REFRESH_INTERVAL`, 5_000),
	};
}

function read(env: Environment, name: string, otherwise: string): string {
	return (
		raw(env, name)
			?.trim()
			.replace(/^(['"])(.*)\1$/, '$2') ?? otherwise
	);
}

function raw(env: Environment, name: string): string | undefined {
	const file = env[`${name}_FILE`];
	return env[name] ?? (file ? readFileSync(file, 'utf8').trim() : undefined);
}

const toNumber = (value = ''): number | undefined =>
	value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value);

function toFlag(value = ''): boolean | undefined {
	if (['true', '1'].includes(value.toLowerCase())) return true;
	return ['false', '0'].includes(value.toLowerCase()) ? false : undefined;
}

function nodesOf(list: string): Array<{ host: string; port: number }> {
	return list
		.split(',')
		.filter((pair) => pair.trim() !== '')
		.map((pair) => {
			const [host = '', port = ''] = pair.trim().split(':');
			return { host, port: parseInt(port, 10) };
		});
}

const inBraces = (prefix: string) =>
	`${prefix.startsWith('{') ? '' : '{'}${prefix}${prefix.endsWith('}') ? '' : '}'}`;
