package io.ehcached.server;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file by which clients reach a unix socket. */
final class UnixSocketFile {
  private static final int TYPE = 0170000; // S_IFMT and S_IFSOCK of <sys/stat.h>
  private static final int SOCKET = 0140000;

  private final Path path;
  private final Object identity;

  private UnixSocketFile(Path path) throws IOException {
    this.path = path;
    this.identity = identity(path);
  }

  /**
   * Finds out whether there can be a socket at a path, and whether {@link #makeWay} can be; whether
   * a process listens there now does not count.
   *
   * @throws IOException when there cannot be one; the message says why, and what to write
   */
  static void check(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw unusable(path.toString(), "there is no such directory");
    }
    if (!Files.isWritable(folder)) {
      throw unusable(path.toString(), "permission denied");
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      refuseOther(path);
    }
  }

  private static void refuseOther(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE) != SOCKET) {
      throw unusable(path.toString(), "it is there already, and is no socket");
    }
  }

  /**
   * Removes the socket that a node which was killed has left behind. Whatever else is there stays:
   * Netty would remove it in silence, be it a person's file.
   *
   * @throws IOException when the path is taken; the message says by what, and what to write
   */
  static void makeWay(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    refuseOther(path);
    if (isListenedOn(path)) {
      throw unusable(path.toString(), "a process listens there already");
    }
    Files.delete(path);
  }

  /** Returns the exception that says why a socket cannot be at a path, and what to do. */
  static IOException unusable(String path, String reason) {
    return new IOException(
        "cannot listen on " + path + ": " + reason + "; write another path with -s");
  }

  private static boolean isListenedOn(Path path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Takes note of the socket just made, and sets who may use it.
   *
   * @param mask the permission bits, 0700 say
   */
  static UnixSocketFile made(Path path, int mask) throws IOException {
    Files.setPosixFilePermissions(path, permissions(mask));
    return new UnixSocketFile(path);
  }

  private static Set<PosixFilePermission> permissions(int mask) {
    StringBuilder bits = new StringBuilder();
    for (int i = 8; i >= 0; i--) {
      bits.append((mask & (1 << i)) != 0 ? "rwx".charAt(2 - i % 3) : '-');
    }
    return PosixFilePermissions.fromString(bits.toString());
  }

  private static Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Removes the file, unless another has taken its place. */
  void delete() {
    try {
      if (identity.equals(identity(path))) {
        Files.delete(path);
      }
    } catch (NoSuchFileException e) {
      // somebody has tidied up
    } catch (IOException e) {
      // not ours to remove any more: the process ends either way
    }
  }
}
