// Which program is the server.

import path from "node:path";

/** Where the server may be, and how to look. */
export interface Places {
  /** The setting `sayso.path`. */
  setting: string;
  /** The folder of the extension, which may have brought a program. */
  extension: string;
  /** The environment variable `PATH`. */
  searchPath: string;
  home: string;
  /** The folder to which a relative path in the setting belongs. */
  folder: string | undefined;
  windows: boolean;
  /** Is there a file that can be run? */
  runs(file: string): boolean;
}

export type Program = { file: string; from: "setting" | "extension" | "PATH" } | { missing: string };

/**
 * The program that the setting names; without one, the program that came with the extension, or else the one on the path.
 * A setting that names nothing is a mistake to tell of: another program in its place would surprise.
 */
export function findProgram(places: Places): Program {
  const setting = places.setting.trim();
  if (setting !== "") {
    const file = expanded(setting, places);
    if (places.runs(file)) return { file, from: "setting" };
    return { missing: `The setting sayso.path names ${file}, and there is no program.` };
  }
  const name = places.windows ? "sayso.exe" : "sayso";
  const own = path.join(places.extension, "bin", name);
  if (places.runs(own)) return { file: own, from: "extension" };
  // A relative entry would let the opened folder choose the program.
  const entries = places.searchPath.split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  const found = entries.map((entry) => path.join(entry, name)).find((file) => places.runs(file));
  if (found !== undefined) return { file: found, from: "PATH" };
  return { missing: "There is no sayso on the PATH. Install it, or name the program in the setting sayso.path." };
}

function expanded(setting: string, places: Places): string {
  const file = setting.replace(/^~(?=$|[\\/])/, places.home);
  return path.isAbsolute(file) || places.folder === undefined ? file : path.join(places.folder, file);
}
