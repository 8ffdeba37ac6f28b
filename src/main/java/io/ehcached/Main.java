package io.ehcached;

import java.util.Optional;

/** Entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    try {
      ServerOptions options = OptionsParser.parse(System.getenv(), args);
      Optional<String> text = Usage.asked(options.action());
      if (text.isEmpty()) {
        throw UsageException.badValue("no node is served yet");
      }
      System.out.println(text.get());
    } catch (UsageException e) {
      System.err.println(e.text());
      System.exit(UsageException.EXIT_STATUS);
    }
  }
}
