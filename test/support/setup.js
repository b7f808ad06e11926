const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

// n8n-core reads these once, on import.
process.env.N8N_USER_FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), 'mailops-test-'));
process.env.N8N_ENCRYPTION_KEY = 'test-only';
process.env.N8N_LOG_LEVEL = 'silent';
// Where n8n's own file nodes may read in a test.
process.env.N8N_RESTRICT_FILE_ACCESS_TO = process.env.N8N_USER_FOLDER;
