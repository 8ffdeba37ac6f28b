package io.ehcached;

/** Entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    try {
      ServerOptions options = OptionsParser.parse(System.getenv(), args);
      switch (options.action()) {
        case HELP -> System.out.println(Usage.text());
        case VERSION -> System.out.println(Version.line());
        case LICENSE -> System.out.println(Usage.license());
        case CHECK_CONFIG, RUN -> throw UsageException.badValue("no node is served yet");
      }
    } catch (UsageException e) {
      System.err.println(e.text());
      System.exit(UsageException.EXIT_STATUS);
    }
  }
}
