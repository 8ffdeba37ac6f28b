package io.ehcached.options;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options in roff, for the manual page that the build writes. */
final class ManualPage {
  /** Something in a list of its own: its name, two blanks at least, what it is. */
  private static final Pattern ITEM = Pattern.compile("(\\S+) {2,}(\\S.*)");

  private final StringBuilder text = new StringBuilder();
  private boolean list;

  private ManualPage() {}

  /** Returns the section's paragraphs, without the last line end. */
  static String options() {
    ManualPage page = new ManualPage();
    for (CommandLineOption option : CommandLineOption.values()) {
      page.add(option);
    }
    return page.text.toString().stripTrailing();
  }

  private void add(CommandLineOption option) {
    if (option == CommandLineOption.CONFIG) {
      line(".SS ehcached's own");
    }
    line(".TP");
    line(head(option));
    for (String description : option.description()) {
      Matcher item = ITEM.matcher(description);
      boolean further = description.startsWith(" ");
      if (list && !item.matches() && !further) {
        line(".RE");
        list = false;
        line(".IP");
      } else if (!list && item.matches()) {
        line(".RS");
        list = true;
      }
      if (item.matches()) {
        line(".TP");
        line("\\fB" + escaped(item.group(1)) + "\\fR");
        line(escaped(item.group(2)));
      } else {
        line(escaped(description.strip()));
      }
    }
    if (list) {
      line(".RE");
      list = false;
    }
  }

  private static String head(CommandLineOption option) {
    StringBuilder head = new StringBuilder();
    option.shortName().ifPresent(name -> head.append("\\fB\\-").append(name).append("\\fR"));
    option
        .longName()
        .ifPresent(
            name ->
                head.append(head.isEmpty() ? "" : ", ")
                    .append("\\fB\\-\\-")
                    .append(escaped(name))
                    .append("\\fR"));
    Optional<String> argument = option.argument();
    if (argument.isPresent()) {
      head.append(option.longName().isPresent() ? "=" : " ");
      head.append("\\fI").append(escaped(argument.get())).append("\\fR");
    }
    return head.toString();
  }

  private static String escaped(String words) {
    String escaped = words.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
