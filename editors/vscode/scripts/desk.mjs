// The project on which the tests in VS Code work: two drafts that differ in one word, one of them with signs that count twice
// in UTF-16 and with words that try to be a script.

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Writes the project into a folder. `program` is the server that it names in its settings. */
export function writeDesk(folder, program) {
  const files = {
    "sayso.toml": 'include = ["drafts/**"]\n',
    "drafts/monday.md":
      "# The pier\n\n“We will close the north pier before the winter storms,” Ana Reyes, the harbour master, said.\n\n“Nobody asked the fishermen,” Tobias Orrick said.\n",
    "drafts/friday.md":
      "# Ça va 🙂\n\n🙂 “We will close the south pier before the winter storms,” Ana Reyes said.\n\n“The sign said <script>document.title = 'stolen'</script> in red,” Tobias Orrick said.\n",
    ".vscode/settings.json": `${JSON.stringify({ "sayso.path": program, "workbench.startupEditor": "none" }, null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
