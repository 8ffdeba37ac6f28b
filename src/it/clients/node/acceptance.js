'use strict';
// What the scripts for clients in Node share: the nodes to talk to, and how to check. See
// ../README.md for how a script is started.

const path = require('node:path');
const readline = require('node:readline');
const util = require('node:util');

const [, script, ONE, TWO] = process.argv;
if (!TWO) {
  console.error(`usage: ${script} HOST:PORT HOST:PORT`);
  process.exit(2);
}
const PATIENCE_MS = 60000;
const input = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Returns a key that no other script uses. */
const key = (name) => `${path.basename(script)}-${name}`;

const short = (value) => util.inspect(value, { breakLength: Infinity }).slice(0, 200);

/** Prints what was found, and ends the script where that is not what was expected. */
function check(what, actual, ...rest) {
  const expected = rest.length ? rest[0] : true; // undefined can be expected as well
  if (util.isDeepStrictEqual(actual, expected)) {
    console.log(`ok    ${what}`);
    return;
  }
  console.log(`WRONG ${what}: expected ${short(expected)}, and it is ${short(actual)}`);
  process.exit(1);
}

/** Awaits that a function returns what is expected; until then it may fail as well. */
async function eventually(what, expected, actual) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    let found;
    try {
      found = await actual();
    } catch (e) { // the client may not have found out yet that the node is back
      found = e;
    }
    if (util.isDeepStrictEqual(found, expected) || Date.now() > deadline) {
      return check(what, found, expected);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Checks that a function fails, or says that it did nothing. */
async function refused(what, action) {
  try {
    check(what, Boolean(await action()), false);
  } catch (e) {
    check(`${what} (${String(e).slice(0, 100)})`, true);
  }
}

/** Asks whoever runs this script for something, and waits until it is done. */
async function ask(request) {
  console.log(`@${request}`);
  await input.next();
}

/** Loads a client, or ends the script as skipped. */
function library(name) {
  try {
    return require(name);
  } catch (e) {
    console.log(`skipped: ${name} is not installed: ${e.message.split('\n')[0]}`);
    return process.exit(77);
  }
}

/** Runs a script to its end, however many connections its client still holds open. */
function run(main) {
  main().then(() => process.exit(0), (e) => {
    console.log(`WRONG ${e.stack}`);
    process.exit(1);
  });
}

module.exports = { ONE, TWO, CLUSTER: ONE !== TWO, key, check, eventually, refused, ask, library, run };
