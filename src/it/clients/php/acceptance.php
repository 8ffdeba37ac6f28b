<?php
// What the scripts for clients in PHP share: the nodes to talk to, and how to check. See
// ../README.md for how a script is started.

if ($argc < 3) {
    fwrite(STDERR, "usage: $argv[0] HOST:PORT HOST:PORT [PROTOCOL]\n");
    exit(2);
}
const PATIENCE_S = 60;
define('ONE', $argv[1]);
define('TWO', $argv[2]);
define('PROTOCOL', $argv[3] ?? 'text');
define('CLUSTER', ONE !== TWO);

if (!class_exists('Memcached')) {
    echo "skipped: php-memcached is not installed\n";
    exit(77);
}

/** Returns a key that no other script uses. */
function key_for(string $name): string
{
    global $argv;
    return basename($argv[0]) . '-' . PROTOCOL . '-' . $name;
}

/** Prints what was found, and ends the script where that is not what was expected. */
function check(string $what, mixed $actual, mixed $expected = true): void
{
    if ($actual == $expected && gettype($actual) === gettype($expected)) {
        echo "ok    $what\n";
        return;
    }
    echo "WRONG $what: expected ", short($expected), ', and it is ', short($actual), "\n";
    exit(1);
}

function short(mixed $value): string
{
    return substr(str_replace("\n", '', var_export($value, true)), 0, 200);
}

/** Awaits that a function returns what is expected. */
function eventually(string $what, mixed $expected, callable $actual): void
{
    $deadline = microtime(true) + PATIENCE_S;
    while (($found = $actual()) != $expected && microtime(true) < $deadline) {
        usleep(20_000);
    }
    check($what, $found, $expected);
}

/** Asks whoever runs this script for something, and waits until it is done. */
function ask(string $request): void
{
    echo "@$request\n";
    fgets(STDIN);
}
