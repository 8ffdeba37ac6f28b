package io.ehcached.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Checks that a region which takes to the disk has somewhere to. */
final class DiskStorePath {
  private static final String USUAL = "java.io.tmpdir";

  private final Findings findings;

  DiskStorePath(Findings findings) {
    this.findings = findings;
  }

  /** Tells whether a region keeps on disk what the heap has no room for. */
  static boolean isUsed(XmlElement region) {
    return region.isTrue("overflowToDisk")
        || region.isTrue("diskPersistent")
        || region.children("persistence").stream()
            .anyMatch(p -> "localTempSwap".equalsIgnoreCase(p.attribute("strategy")));
  }

  void check(XmlElement root, XmlElement region) {
    for (XmlElement store : root.children("diskStore")) {
      String path = store.attribute("path");
      if (path == null) {
        findings.error(store, null, "names no path; write path=\"" + USUAL + "\"");
      } else if (isUsed(region)) {
        check(store, path);
      } else {
        findings.note(store, null, "does nothing: the region keeps nothing on disk");
      }
    }
  }

  private void check(XmlElement store, String path) {
    Path there;
    try {
      there = resolved(path);
    } catch (InvalidPathException e) {
      findings.error(
          store, "path", "path=\"" + path + "\" is no path; write path=\"" + USUAL + "\"");
      return;
    }
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent(); // Ehcache makes what is missing
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      findings.error(
          store,
          "path",
          "path=\""
              + path
              + "\" cannot be written: "
              + there
              + (Files.isDirectory(there) ? " is not this user's to write" : " is no directory")
              + "; write path=\""
              + USUAL
              + "\", or the path of a directory that is");
    }
  }

  /** Puts directories in the place of the names that Ehcache knows for them. */
  private static Path resolved(String path) {
    String text = path;
    for (String name : new String[] {"user.home", "user.dir", USUAL, "ehcache.disk.store.dir"}) {
      text = text.replace(name, System.getProperty(name, name));
    }
    return Path.of(text).toAbsolutePath();
  }
}
