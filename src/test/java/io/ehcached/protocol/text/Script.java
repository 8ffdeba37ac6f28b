package io.ehcached.protocol.text;

import java.util.ArrayList;
import java.util.List;

/** Input for the decoder, well formed and not, and the requests that it makes. */
final class Script {
  private static final String KEY_250 = "k".repeat(250);
  private static final String KEY_251 = "k".repeat(251);

  private final StringBuilder input = new StringBuilder();
  private final List<String> requests = new ArrayList<>();

  Script with(String bytes, String... expected) {
    input.append(bytes);
    requests.addAll(List.of(expected));
    return this;
  }

  byte[] input() {
    return Connection.bytes(input.toString());
  }

  List<String> requests() {
    return requests;
  }

  /** Returns every command, and what may be wrong with it; nothing in it closes the connection. */
  static Script everything() {
    Script script = new Script();
    retrieval(script);
    storage(script);
    badStorage(script);
    oneLine(script);
    badLines(script);
    MetaScript.addTo(script);
    return script;
  }

  private static void retrieval(Script s) {
    s.with("get a\r\n", "GET a last");
    s.with("get a\n", "GET a last");
    s.with("gets a\r\n", "GET a wantsCas last");
    s.with("get a b c\r\n", "GET a", "GET b", "GET c last");
    s.with("gets  a   b  \r\n", "GET a wantsCas", "GET b wantsCas last");
    s.with("  get a \n", "INVALID UNKNOWN_COMMAND");
    s.with("get a \n", "GET a last");
    s.with("gat 10 a b\r\n", "GET_AND_TOUCH a exptime=10", "GET_AND_TOUCH b exptime=10 last");
    s.with("gats -1 a\r\n", "GET_AND_TOUCH a exptime=-1 wantsCas last");
    s.with("get " + KEY_250 + " b\r\n", "GET " + KEY_250, "GET b last");
    s.with("get a\rb \t\u0001\u0000\u00ff\r\n", "GET a\rb", "GET \t\u0001\u0000\u00ff last");
    s.with("get a noreply\r\n", "GET a", "GET noreply last");
    s.with("get\r\n", "INVALID BAD_FORMAT");
    s.with("gets  \r\n", "INVALID BAD_FORMAT");
    s.with("get a " + KEY_251 + " b\r\n", "INVALID BAD_FORMAT");
    s.with("gat 10\r\n", "INVALID BAD_FORMAT");
    s.with("gat\r\n", "INVALID BAD_FORMAT");
    s.with("gat a 10\r\n", "INVALID BAD_EXPTIME");
    s.with("gat 2147483648 a\r\n", "INVALID BAD_EXPTIME");
  }

  private static void storage(Script s) {
    s.with("set a 0 0 5\r\nvalue\r\n", "SET a value=value");
    s.with("set a 7 -60 5 noreply\r\nvalue\r\n", "SET a value=value flags=7 exptime=-60 quiet");
    s.with(
        "set a 4294967295 2147483647 0\n\r\n", "SET a value= flags=4294967295 exptime=2147483647");
    s.with("set a +7 +5 1\r\nx\r\n", "SET a value=x flags=7 exptime=5");
    s.with("set a \t7 5\tx 1\r\nx\r\n", "SET a value=x flags=7 exptime=5");
    s.with("set a -0 2147483648 1\r\nx\r\n", "SET a value=x exptime=2147483648");
    s.with("set a 0 -2147483649 1\r\nx\r\n", "SET a value=x exptime=-2147483649");
    s.with("add a 1 2 4\r\n\r\n\r\n\r\n", "ADD a value=\r\n\r\n flags=1 exptime=2");
    s.with("replace a 0 0 1\r\nx\r\n", "REPLACE a value=x");
    s.with("append a 0 0 1\r\nx\r\n", "APPEND a value=x");
    s.with("prepend a 0 0 1 noreply\r\nx\r\n", "PREPEND a value=x quiet");
    s.with("cas a 0 0 1 18446744073709551615\r\nx\r\n", "SET a value=x cas=18446744073709551615");
    s.with("cas a 0 0 1 0 noreply\r\nx\r\n", "SET a value=x cas=0 quiet");
    s.with("set " + KEY_250 + " 0 0 1\r\nx\r\n", "SET " + KEY_250 + " value=x");
    s.with("set a 00 00 01 junk more noreply\r\nx\r\n", "SET a value=x quiet");
    String large = "v".repeat(3000);
    s.with("set a 0 0 3000\r\n" + large + "\r\n", "SET a value=" + large);
  }

  private static void badStorage(Script s) {
    s.with("set a 0 0 1\r\nxy\r\n", "INVALID BAD_CHUNK", "INVALID BAD_FORMAT");
    s.with("set a 0 0 1 noreply\r\nx\n\nmn\n", "INVALID BAD_CHUNK quiet", "NOOP");
    s.with("set a 0 0\r\n", "INVALID BAD_FORMAT");
    s.with("set noreply\r\n", "INVALID BAD_FORMAT");
    s.with("set a 0 0 -1\r\n", "INVALID BAD_FORMAT");
    s.with("set a 0 0 -1 noreply\r\n", "INVALID BAD_FORMAT");
    s.with("set a 0 0 x noreply\r\n", "INVALID BAD_FORMAT");
    s.with("set a 0 0 2147483646\r\n", "INVALID BAD_FORMAT");
    s.with("set a 0 0 +1\r\n", "INVALID BAD_FORMAT");
    s.with("set a 4294967296 0 1\r\nx\r\n", "INVALID BAD_FORMAT");
    s.with("set a -1 0 1\r\nx\r\n", "INVALID BAD_FORMAT");
    s.with("set a ++7 0 1\r\nx\r\n", "INVALID BAD_FORMAT");
    s.with("set a + 0 1\r\nx\r\n", "INVALID BAD_FORMAT");
    s.with("set a 0 9223372036854775808 1\r\nx\r\n", "INVALID BAD_FORMAT");
    s.with("set a 0 0 000000000001\r\n", "INVALID BAD_FORMAT");
    s.with("set a 0 never 1 noreply\r\nx\r\n", "INVALID BAD_FORMAT quiet");
    s.with("set " + KEY_251 + " 0 0 1\r\nx\r\n", "INVALID BAD_FORMAT");
    s.with("cas a 0 0 1\r\nx\r\n", "INVALID BAD_FORMAT");
    s.with("cas a 0 0 1 noreply\r\nx\r\n", "INVALID BAD_FORMAT quiet");
    s.with("cas a 0 0 1 18446744073709551616\r\nx\r\n", "INVALID BAD_FORMAT");
  }

  private static void oneLine(Script s) {
    s.with("incr n 18446744073709551615\r\n", "INCREMENT n delta=18446744073709551615");
    s.with("decr n 5 noreply\r\n", "DECREMENT n delta=5 quiet");
    s.with("delete a\r\n", "DELETE a");
    s.with("delete a noreply\r\n", "DELETE a quiet");
    s.with("delete noreply\r\n", "DELETE noreply quiet");
    s.with("delete a 0 junk\r\n", "DELETE a");
    s.with("touch a -5\r\n", "TOUCH a exptime=-5");
    s.with("touch a 5 noreply\r\n", "TOUCH a exptime=5 quiet");
    s.with("flush_all\r\n", "FLUSH_ALL");
    s.with("flush_all 10\r\n", "FLUSH_ALL exptime=10");
    s.with("flush_all -10\r\n", "FLUSH_ALL");
    s.with("flush_all noreply\r\n", "FLUSH_ALL quiet");
    s.with("flush_all 10 noreply\r\n", "FLUSH_ALL exptime=10 quiet");
    s.with("verbosity 1\r\n", "VERBOSITY delta=1");
    s.with("verbosity 1 noreply\r\n", "VERBOSITY delta=1 quiet");
    s.with("cache_memlimit 64\r\n", "CACHE_MEMLIMIT delta=64");
    s.with("cache_memlimit 64 noreply\r\n", "CACHE_MEMLIMIT delta=64 quiet");
    s.with("version\r\n", "VERSION");
    s.with("version noreply\r\n", "VERSION");
    s.with("mn\r\n", "NOOP");
    s.with("stats\r\n", "STATS");
    s.with("stats items noreply\r\n", "STATS [items, noreply]");
    s.with("shutdown graceful\r\n", "SHUTDOWN [graceful]");
    s.with("lru mode flat noreply\r\n", "LRU [mode, flat, noreply] quiet");
    s.with("  verbosity 1\r\n", "VERBOSITY delta=1");
  }

  private static void badLines(Script s) {
    s.with("\r\n", "INVALID BAD_FORMAT");
    s.with(" \n", "INVALID BAD_FORMAT");
    s.with("g\r\n", "INVALID BAD_FORMAT");
    s.with("gg\n", "INVALID BAD_FORMAT");
    s.with("  \r\n", "INVALID UNKNOWN_COMMAND");
    s.with(" mn\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("mn\n", "NOOP");
    s.with("GET a\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("getter a\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("flush_al noreply\r\n", "INVALID UNKNOWN_COMMAND quiet");
    s.with("\u0000\u0000\u0000\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("version\r\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("a_command_of_many_letters\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("incr\r\n", "INVALID BAD_FORMAT");
    s.with("incr n\r\n", "INVALID BAD_FORMAT");
    s.with("incr n x\r\n", "INVALID BAD_DELTA");
    s.with("incr n -1\r\n", "INVALID BAD_DELTA");
    s.with("incr n 18446744073709551616 noreply\r\n", "INVALID BAD_DELTA quiet");
    s.with("incr n noreply\r\n", "INVALID BAD_DELTA quiet");
    s.with("decr " + KEY_251 + " 1\r\n", "INVALID BAD_FORMAT");
    s.with("delete\r\n", "INVALID BAD_FORMAT");
    s.with("delete " + KEY_251 + " noreply\r\n", "INVALID BAD_FORMAT quiet");
    s.with("touch a\r\n", "INVALID BAD_FORMAT");
    s.with("touch a noreply\r\n", "INVALID BAD_EXPTIME quiet");
    s.with("touch a 1x\r\n", "INVALID BAD_EXPTIME");
    s.with("touch " + KEY_251 + " 0\r\n", "INVALID BAD_FORMAT");
    s.with("flush_all soon\r\n", "INVALID BAD_EXPTIME");
    s.with("flush_all soon noreply\r\n", "INVALID BAD_EXPTIME quiet");
    s.with("verbosity\r\n", "INVALID BAD_FORMAT");
    s.with("verbosity noreply\r\n", "INVALID BAD_FORMAT quiet");
    s.with("verbosity -1\r\n", "INVALID BAD_FORMAT");
    s.with("cache_memlimit\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("cache_memlimit much\r\n", "INVALID UNKNOWN_COMMAND");
  }
}
