const { default: JestRuntime } = require('jest-runtime');
const { compileFunction, constants } = require('node:vm');
const { installedFile, load } = require('./packages');

/**
 * Jest's own module loader for the files of this project, which are therefore new in each test file; Node's for installed
 * packages, which a worker loads once. n8n alone is more than 2,000 modules, five seconds for each file that runs it.
 */
module.exports = class Runtime extends JestRuntime {
	constructor(...args) {
		super(...args);
		const { executor } = this;
		// Jest compiles for a global object of its own; here there is only Node's (./environment.js).
		executor.compile = (source, filename) =>
			compileFunction(source, executor.injectedModuleParameters, {
				filename,
				importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
			});
	}

	requireModule(from, request, options, isRequireActual) {
		if (request !== undefined && !options?.isInternalModule) {
			const file = installedFile(from, request);
			if (file !== undefined) return load(file);
		}
		return super.requireModule(from, request, options, isRequireActual);
	}
};
