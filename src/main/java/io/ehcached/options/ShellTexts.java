package io.ehcached.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program that writes the manual page and the completions from the options; {@code
 * src/packaging/stage} runs it.
 */
final class ShellTexts {
  private ShellTexts() {}

  /** Writes the files. The arguments are the page's template and the target folder. */
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
