const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Makes a folder for all that n8n and the tests write in this run; ./teardown.js removes it. */
module.exports = async function setup() {
	process.env.MAILOPS_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'mailops-test-'));
};
