/** @type {import('jest').Config} */
module.exports = {
	maxWorkers: 2,
	globalSetup: '<rootDir>/test/support/jest/setup.js',
	globalTeardown: '<rootDir>/test/support/jest/teardown.js',
	testEnvironment: '<rootDir>/test/support/jest/environment.js',
	runtime: '<rootDir>/test/support/jest/runtime.js',
	testSequencer: '<rootDir>/test/support/jest/sequencer.js',
	roots: ['<rootDir>/test'],
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' } } }] },
	// They start directory servers of their own: see jest.directory.config.js.
	testPathIgnorePatterns: ['/node_modules/', '\\.directory\\.test\\.ts$'],
	// A test that hangs ends; one on a machine that others use as well does not.
	testTimeout: 120_000,
};
