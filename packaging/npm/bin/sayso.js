#!/usr/bin/env node
"use strict";
// Runs the program of this machine with the arguments as they are. It stands beside this file where the package was made
// for one machine (SAYSO_BIN), else in the package `sayso-PLATFORM-ARCH`, which npm installs by itself.

const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { constants } = require("node:os");
const path = require("node:path");

const name = process.platform === "win32" ? "sayso.exe" : "sayso";
const home = `sayso-${process.platform}-${process.arch}`;

function program() {
  const beside = path.join(__dirname, name);
  if (existsSync(beside)) return beside;
  try {
    return require.resolve(`${home}/bin/${name}`);
  } catch {
    return null;
  }
}

const found = program();
if (found === null) {
  console.error(`sayso: there is no program for this machine: the package ${home} is not installed.`);
  console.error("Install without --no-optional (or --omit=optional), or build it: cargo install sayso");
  process.exit(2);
}
const run = spawnSync(found, process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
  console.error(`sayso: ${found} could not be started: ${run.error.message}`);
  process.exit(2);
}
// A program that a signal ended leaves with 128 and the signal's number, as a shell has it.
process.exit(run.signal ? 128 + constants.signals[run.signal] : run.status);
