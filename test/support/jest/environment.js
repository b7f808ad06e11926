const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { AsyncLocalStorage } = require('node:async_hooks');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { keptGlobals, resetServices } = require('./packages');

// n8n-core reads these once, when a worker first loads it. ./setup.js makes the folder, ./teardown.js removes it.
const folder = join(process.env.MAILOPS_TEST_FOLDER, process.env.JEST_WORKER_ID);
mkdirSync(folder, { recursive: true });
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'test-only';
process.env.N8N_LOG_LEVEL = 'silent';
// Where n8n's own file nodes may read in a test.
process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;

/**
 * Each file has the pack's storages anew. Node carries those that are in use through every promise, so those of all files
 * before would make a worker slower with each file: they are ended with theirs. One that lives on begins anew when it is used.
 */
const storages = new Set();
const { run, enterWith } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...args) {
	storages.add(this);
	return run.apply(this, args);
};
AsyncLocalStorage.prototype.enterWith = function (...args) {
	storages.add(this);
	return enterWith.apply(this, args);
};
function endStorages() {
	for (const storage of storages) storage.disable();
	storages.clear();
}

/**
 * Node's own global object instead of a new one for each file, so that ./runtime.js can give all files one n8n: with an
 * object of another realm, `instanceof Error` and its like would fail between n8n and the pack. What a file leaves behind
 * on the global object, in the environment variables, in n8n's services and in `expect` goes with it.
 */
module.exports = class PlainEnvironment {
	constructor({ projectConfig: config }) {
		this.global = globalThis;
		this.before = Object.getOwnPropertyDescriptors(globalThis);
		this.env = { ...process.env };
		this.exit = process.exit;
		this.moduleMocker = new ModuleMocker(globalThis);
		const ofFakes = { config, global: globalThis, moduleMocker: this.moduleMocker };
		const timerConfig = { idToRef: (id) => id, refToId: (timer) => timer };
		this.fakeTimers = new LegacyFakeTimers({ ...ofFakes, timerConfig });
		this.fakeTimersModern = new ModernFakeTimers(ofFakes);
	}

	async setup() {}

	async teardown() {
		this.fakeTimers.dispose();
		this.fakeTimersModern.dispose();
		resetGlobals(this.before);
		for (const name of Object.keys(process.env)) if (!(name in this.env)) delete process.env[name];
		Object.assign(process.env, this.env);
		process.exit = this.exit;
		resetServices();
		endStorages();
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return null;
	}
};

function resetGlobals(before) {
	for (const key of Reflect.ownKeys(globalThis))
		if (!(key in before) && !keptGlobals.has(key)) Reflect.deleteProperty(globalThis, key);
	for (const key of Reflect.ownKeys(before)) {
		const now = Object.getOwnPropertyDescriptor(globalThis, key);
		if (!Object.is(now?.value, before[key].value) || now?.get !== before[key].get)
			Reflect.defineProperty(globalThis, key, before[key]);
	}
	// This one cannot be deleted; jest fills it anew for each file.
	const ofExpect = globalThis[Symbol.for('$$jest-matchers-object')];
	if (ofExpect) Object.assign(ofExpect, { matchers: Object.create(null), customEqualityTesters: [] });
}
