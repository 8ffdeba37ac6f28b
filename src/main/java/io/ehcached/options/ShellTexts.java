package io.ehcached.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The manual page and the completions, made from the options there are, so that they cannot tell of
 * others; run by {@code src/packaging/stage}.
 */
final class ShellTexts {
  private ShellTexts() {}

  /** Writes them: the page's template, then the folder they go to. */
  public static void main(String[] args) throws IOException {
    write(Files.readString(Path.of(args[0])), Path.of(args[1]));
  }

  static void write(String template, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("ehcached.1"),
        template.replace("@version@", Version.own()).replace("@options@", ManualPage.options()));
    Files.writeString(folder.resolve("ehcached.bash"), Completion.bash());
    Files.writeString(folder.resolve("_ehcached"), Completion.zsh());
  }
}
