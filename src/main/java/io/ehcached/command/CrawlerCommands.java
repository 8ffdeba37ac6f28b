package io.ehcached.command;

import io.ehcached.admin.Membership;
import io.ehcached.admin.NodeStatus;
import io.ehcached.admin.watch.LogKind;
import io.ehcached.admin.watch.WatchLog;
import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Stream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The administration commands: they list keys, watch, and ask for the cluster's nodes. */
final class CrawlerCommands {
  private static final long LONGEST_SLEEP_MICROS = 1_000_000;
  private static final int SLAB_CLASSES = 64;
  private static final int ONLY_CLASS = 1;

  private static final Response OK = Response.of(Status.OK);
  private static final Response ERROR = Response.of(Status.UNKNOWN_COMMAND);
  private static final Response BAD_FORMAT = Response.of(Status.BAD_FORMAT);

  private final NodeStatus status;
  private final Dumps dumps;
  private final WatchLog log;

  CrawlerCommands(NodeStatus status, Dumps dumps, WatchLog log) {
    this.status = status;
    this.dumps = dumps;
    this.log = log;
  }

  Response lruCrawler(List<String> arguments) {
    if (arguments.size() == 1) {
      return switch (arguments.get(0)) {
        case "enable", "disable" -> OK;
        default -> ERROR;
      };
    }
    if (arguments.size() != 2) {
      return ERROR;
    }
    String value = arguments.get(1);
    return switch (arguments.get(0)) {
      case "metadump" -> status.dumpAllowed() ? dump(value) : worded("ERROR metadump not allowed");
      case "mgdump" -> status.dumpAllowed() ? dump(value) : worded("ERROR key dump not allowed");
      case "crawl" -> crawl(value);
      case "tocrawl" -> Decimal.unsigned32(value) < 0 ? BAD_FORMAT : OK;
      case "sleep" -> sleep(value);
      default -> ERROR;
    };
  }

  private Response dump(String classes) {
    boolean all = classes.equals("all") || classes.equals("hash");
    if (!all && !areClasses(classes)) {
      return worded("BADCLASS invalid class id");
    }
    Stream stream = dumps.items(all || includesOurs(classes) ? Long.MAX_VALUE : 0);
    return stream == null ? busy() : Response.of(stream);
  }

  private Response crawl(String classes) {
    if (classes.equals("hash")) {
      return worded("ERROR an unknown error happened"); // so does memcached call it
    }
    if (!classes.equals("all") && !areClasses(classes)) {
      return worded("BADCLASS invalid class id");
    }
    return dumps.reclaim() ? OK : busy();
  }

  private static Response sleep(String value) {
    long micros = Decimal.unsigned32(value);
    if (micros > LONGEST_SLEEP_MICROS) {
      return worded("CLIENT_ERROR sleep must be one second or less");
    }
    return micros < 0 ? BAD_FORMAT : OK;
  }

  private static Response busy() {
    return worded("BUSY currently processing crawler request");
  }

  /** Tells whether these are classes that memcached could have: {@code 1,2,3}. */
  private static boolean areClasses(String list) {
    for (String one : list.split(",", -1)) {
      long number = Decimal.unsigned32(one);
      if (number < ONLY_CLASS || number >= SLAB_CLASSES) {
        return false;
      }
    }
    return true;
  }

  private static boolean includesOurs(String list) {
    return List.of(list.split(",", -1)).contains(Integer.toString(ONLY_CLASS));
  }

  Response watch(List<String> arguments) {
    if (!status.watchAllowed()) {
      return Response.of(Status.NOT_ALLOWED, "watch commands not allowed");
    }
    Set<LogKind> kinds = EnumSet.noneOf(LogKind.class);
    for (String name : arguments) {
      LogKind kind = LogKind.of(name);
      if (kind == null) {
        return ERROR;
      }
      kinds.add(kind);
    }
    Stream stream = log.watch(kinds.isEmpty() ? EnumSet.of(LogKind.FETCHERS) : kinds);
    return stream == null
        ? worded("WATCHER_TOO_MANY log watcher limit reached")
        : Response.of(stream);
  }

  /**
   * Answers {@code config get cluster} as ElastiCache does; its clients learn of all nodes from
   * one.
   */
  Response config(List<String> arguments) {
    if (arguments.size() != 2 || !arguments.get(0).equals("get")) {
      return ERROR;
    }
    return arguments.get(1).equals("cluster")
        ? Response.of(Status.OK, Membership.text(status.membership()))
        : OK; // there is nothing under other names
  }

  /** Returns an answer that begins with a word of its own. */
  private static Response worded(String text) {
    return Response.of(Status.BAD_ARGUMENT, text);
  }
}
