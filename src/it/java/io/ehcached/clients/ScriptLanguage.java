package io.ehcached.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What scripts are written in, with the libraries that they use. */
enum ScriptLanguage {
  PYTHON {
    @Override
    List<String> command(String script) {
      // Debian's packages are for Debian's Python, which need not be the first on the path.
      Path debian = Path.of("/usr/bin/python3");
      String python = Files.isExecutable(debian) ? debian.toString() : "python3";
      return List.of(python, SCRIPTS.resolve("python").resolve(script).toString());
    }
  },
  PHP {
    @Override
    List<String> command(String script) {
      return List.of("php", SCRIPTS.resolve("php").resolve(script).toString());
    }
  },
  RUBY {
    @Override
    List<String> command(String script) {
      return List.of("ruby", SCRIPTS.resolve("ruby").resolve(script).toString());
    }
  },
  RUBY_WITH_DALLI_5 {
    @Override
    List<String> command(String script) {
      return List.of(
          "ruby",
          "-I",
          ClientLibraries.dalli5().toString(),
          SCRIPTS.resolve("ruby").resolve(script).toString());
    }
  },
  PERL {
    @Override
    List<String> command(String script) {
      return List.of("perl", SCRIPTS.resolve("perl").resolve(script).toString());
    }
  },
  SHELL {
    @Override
    List<String> command(String script) {
      return List.of("sh", SCRIPTS.resolve("shell").resolve(script).toString());
    }
  },
  NODE {
    @Override
    List<String> command(String script) {
      ClientLibraries.node();
      return List.of("node", SCRIPTS.resolve("node").resolve(script).toString());
    }
  },
  JAVA {
    @Override
    List<String> command(String script) {
      return java(ClientLibraries.java("pom.xml"), script);
    }
  },
  JAVA_WITH_EVCACHE {
    @Override
    List<String> command(String script) {
      return java(ClientLibraries.java("evcache.xml"), script);
    }
  };

  /** Where the scripts are. */
  static final Path SCRIPTS = Path.of("src/it/clients");

  /**
   * Returns the command that runs a script, without the script's own arguments.
   *
   * @throws MissingException where what it needs is not there and cannot be had
   */
  abstract List<String> command(String script);

  private static List<String> java(String classPath, String script) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, script);
  }
}
