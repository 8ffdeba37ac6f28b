package io.ehcached.clients;

import java.util.ArrayList;
import java.util.List;

/**
 * The acceptance scripts under {@code src/it/clients}, each a client that people use doing a round
 * of everything, in one of the protocols that it speaks.
 */
enum ClientScript {
  PYMEMCACHE(ScriptLanguage.PYTHON, "use_pymemcache.py", "text"),
  PYLIBMC_TEXT(ScriptLanguage.PYTHON, "use_pylibmc.py", "text"),
  PYLIBMC_BINARY(ScriptLanguage.PYTHON, "use_pylibmc.py", "binary"),
  BMEMCACHED(ScriptLanguage.PYTHON, "use_bmemcached.py", "binary"),
  PHP_MEMCACHED_TEXT(ScriptLanguage.PHP, "use_php_memcached.php", "text"),
  PHP_MEMCACHED_BINARY(ScriptLanguage.PHP, "use_php_memcached.php", "binary"),
  PHP_SESSIONS_TEXT(ScriptLanguage.PHP, "use_php_sessions.php", "text"),
  PHP_SESSIONS_BINARY(ScriptLanguage.PHP, "use_php_sessions.php", "binary"),
  DALLI_BINARY(ScriptLanguage.RUBY, "use_dalli.rb", "binary"),
  DALLI_META(ScriptLanguage.RUBY_WITH_DALLI_5, "use_dalli.rb", "meta"),
  CACHE_MEMCACHED_FAST(ScriptLanguage.PERL, "use_cache_memcached_fast.pl", "text"),
  CACHE_MEMCACHED(ScriptLanguage.PERL, "use_cache_memcached.pl", "text"),
  NGINX_MEMC(ScriptLanguage.PYTHON, "use_nginx_memc.py", "text"),
  TOOLS_TEXT(ScriptLanguage.SHELL, "use_tools.sh", "text"),
  TOOLS_BINARY(ScriptLanguage.SHELL, "use_tools.sh", "binary"),
  SPYMEMCACHED_TEXT(ScriptLanguage.JAVA, "UseSpymemcached", "text"),
  SPYMEMCACHED_BINARY(ScriptLanguage.JAVA, "UseSpymemcached", "binary"),
  XMEMCACHED_TEXT(ScriptLanguage.JAVA, "UseXmemcached", "text"),
  XMEMCACHED_BINARY(ScriptLanguage.JAVA, "UseXmemcached", "binary"),
  FOLSOM_TEXT(ScriptLanguage.JAVA, "UseFolsom", "text"),
  FOLSOM_BINARY(ScriptLanguage.JAVA, "UseFolsom", "binary"),
  EVCACHE(ScriptLanguage.JAVA_WITH_EVCACHE, "UseEvcache", "binary"),
  MEMJS(ScriptLanguage.NODE, "use_memjs.js", "binary"),
  NODE_MEMCACHED(ScriptLanguage.NODE, "use_memcached.js", "text"),
  NODE_MEMCACHE(ScriptLanguage.NODE, "use_memcache.js", "text");

  private final ScriptLanguage language;
  private final String script;
  private final String protocol;

  ClientScript(ScriptLanguage language, String script, String protocol) {
    this.language = language;
    this.script = script;
    this.protocol = protocol;
  }

  /**
   * Returns the command that tries the client with two nodes.
   *
   * @throws MissingException where what it needs is not there and cannot be had
   */
  List<String> command(String one, String two) {
    List<String> command = new ArrayList<>(language.command(script));
    command.addAll(List.of(one, two, protocol));
    return command;
  }
}
