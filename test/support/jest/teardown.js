const { rmSync } = require('node:fs');

module.exports = async function teardown() {
	rmSync(process.env.MAILOPS_TEST_FOLDER, { recursive: true, force: true });
};
