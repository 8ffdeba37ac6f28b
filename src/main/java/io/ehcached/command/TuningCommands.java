package io.ehcached.command;

import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The commands that tune memcached's LRU and slabs, which this node does not have. They are
 * answered as memcached answers them ({@code proto_text.c}) and change nothing, so that scripts for
 * memcached work unchanged.
 */
final class TuningCommands {
  private static final long MAX_LRU_PERCENT = 80;
  private static final long SHORTEST_WINDOW = 3;
  private static final long LONGEST_WINDOW = 1800;
  private static final int SLAB_CLASSES = 64;

  private static final Pattern FRACTION =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private static final Response OK = Response.of(Status.OK);
  private static final Response ERROR = Response.of(Status.UNKNOWN_COMMAND);
  private static final Response BAD_FORMAT = Response.of(Status.BAD_FORMAT);

  private TuningCommands() {}

  static Response lru(List<String> arguments) {
    if (arguments.size() < 2) {
      return ERROR;
    }
    String value = arguments.get(1);
    return switch (arguments.get(0)) {
      case "mode" -> value.equals("flat") || value.equals("segmented") ? OK : ERROR;
      case "temp_ttl" -> integer(value) == Decimal.NOT_A_NUMBER ? ERROR : OK;
      case "tune" -> arguments.size() < 5 ? ERROR : tune(arguments);
      default -> ERROR;
    };
  }

  private static Response tune(List<String> arguments) {
    long hot = Decimal.unsigned32(arguments.get(1));
    long warm = Decimal.unsigned32(arguments.get(2));
    double hotFactor = fraction(arguments.get(3));
    double warmFactor = fraction(arguments.get(4));
    if (hot < 0 || warm < 0 || Double.isNaN(hotFactor) || Double.isNaN(warmFactor)) {
      return ERROR;
    }
    if (hot + warm > MAX_LRU_PERCENT) {
      return worded("ERROR hot and warm pcts must not exceed 80");
    }
    return hotFactor <= 0 || warmFactor <= 0
        ? worded("ERROR hot/warm age factors must be greater than 0")
        : OK;
  }

  static Response slabs(List<String> arguments) {
    if (arguments.size() == 3 && arguments.get(0).equals("reassign")) {
      return reassign(arguments.get(1), arguments.get(2));
    }
    if (arguments.size() < 2 || !arguments.get(0).equals("automove")) {
      return ERROR;
    }
    String value = arguments.size() > 2 ? arguments.get(2) : "";
    return switch (arguments.get(1)) {
      case "ratio", "freeratio" -> Double.isNaN(fraction(value)) ? ERROR : OK;
      case "window" -> window(Decimal.unsigned32(value));
      default -> level(Decimal.unsigned32(arguments.get(1)));
    };
  }

  /** There is one class, which has no page too many. */
  private static Response reassign(String from, String to) {
    long source = integer(from);
    long target = integer(to);
    if (source == Decimal.NOT_A_NUMBER || target == Decimal.NOT_A_NUMBER) {
      return BAD_FORMAT;
    } else if (source == target) {
      return worded("SAME src and dst class are identical");
    }
    return isClass(source) && isClass(target)
        ? worded("NOSPARE source class has no spare pages")
        : worded("BADCLASS invalid src or dst class id");
  }

  private static boolean isClass(long id) {
    return id > 0 && id < SLAB_CLASSES;
  }

  private static Response window(long seconds) {
    if (seconds < 0) {
      return BAD_FORMAT;
    }
    return seconds < SHORTEST_WINDOW || seconds > LONGEST_WINDOW
        ? Response.of(Status.NOT_ALLOWED, "automove window too low or too high")
        : OK;
  }

  private static Response level(long level) {
    return level < 0 ? BAD_FORMAT : level <= 2 ? OK : ERROR;
  }

  private static Response worded(String text) {
    return Response.of(Status.BAD_ARGUMENT, text);
  }

  private static long integer(String text) {
    return text.equals("-") ? Decimal.NOT_A_NUMBER : Decimal.signed32(text);
  }

  private static double fraction(String text) {
    return FRACTION.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
  }
}
