package io.ehcached.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out which process listens at a port, where the system tells: on Linux. */
final class PortOwner {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortOwner() {}

  /** Returns the process, as in {@code process 4711 (/usr/bin/java)}, or "another process". */
  static String of(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : new String[] {"tcp", "tcp6"}) {
      collect(PROC.resolve("net").resolve(table), port, sockets);
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (!sockets.isEmpty() && owns(process, sockets)) {
          return describe(Long.parseLong(process.getFileName().toString()));
        }
      }
    } catch (IOException | NumberFormatException e) {
      // no such table here
    }
    return "another process";
  }

  private static void collect(Path table, int port, Set<String> sockets) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    try {
      for (String line : Files.readAllLines(table)) {
        List<String> fields = BLANKS.splitAsStream(line.trim()).toList();
        if (fields.size() > INODE
            && fields.get(LOCAL).endsWith(suffix)
            && fields.get(STATE).equals(LISTENING)) {
          sockets.add("socket:[" + fields.get(INODE) + "]");
        }
      }
    } catch (IOException e) {
      // no such table here
    }
  }

  private static boolean owns(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)
            && sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException e) {
      // somebody else's, or gone
    }
    return false;
  }

  private static String describe(long pid) {
    String command =
        ProcessHandle.of(pid).flatMap(process -> process.info().command()).orElse(null);
    return "process " + pid + (command == null ? "" : " (" + command + ")");
  }
}
