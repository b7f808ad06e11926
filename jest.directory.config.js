const base = require('./jest.config.js');

/**
 * The suites that need real directory servers (`npm run test:directory`).
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	maxWorkers: 1,
	globalSetup: '<rootDir>/test/support/directory/setup.ts',
	globalTeardown: '<rootDir>/test/support/directory/teardown.ts',
	testMatch: ['**/*.directory.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 120_000,
};
