package io.ehcached.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of keys and certificates in text (RFC 7468, and RFC 1421 for the headers that old ones
 * have). What stands between the blocks is passed over, as everybody does.
 *
 * @param name how messages name it, {@code ssl_key=/etc/key.pem} say
 */
record PemFile(String name, List<Block> blocks) {
  private static final long MAX_BYTES = 4 * 1024 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern HEADERS = Pattern.compile("(?:[\\w-]+: ?[^\\n]*\\n)+\\r?\\n");

  /**
   * One block.
   *
   * @param label what it is, {@code CERTIFICATE} say
   * @param headers the lines above the data, often none
   * @param bytes the data
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares blocks
  record Block(String label, String headers, byte[] bytes) {}

  /**
   * Reads a file.
   *
   * @param option the sub-option that named it
   * @throws TlsException when it cannot be read, or is no such file
   */
  static PemFile read(String option, Path path) throws TlsException {
    String name = option + "=" + path;
    PemFile file = new PemFile(name, blocks(name, text(name, path)));
    if (file.blocks.isEmpty()) {
      throw new TlsException(
          name
              + " has no PEM block (-----BEGIN ...-----); write a PEM file, or make one of a DER"
              + " file with: openssl x509 -inform DER -in <file>, or openssl pkey for a key");
    }
    return file;
  }

  private static String text(String name, Path path) throws TlsException {
    try {
      if (Files.isDirectory(path)) {
        throw new TlsException(name + " is a directory; write the path of a PEM file");
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) { // a pipe may never end
        throw new TlsException(name + " is no regular file; write the path of a PEM file");
      }
      if (Files.size(path) > MAX_BYTES) {
        throw new TlsException(name + " has more than 4 MB; write the path of a PEM file");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new TlsException(name + ": there is no such file; write the path of a PEM file", e);
    } catch (AccessDeniedException e) {
      throw new TlsException(
          name
              + " may not be read by user "
              + System.getProperty("user.name")
              + "; let that user read it (chown, chmod)",
          e);
    } catch (IOException e) {
      throw new TlsException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Block> blocks(String name, String text) throws TlsException {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      Matcher headers = HEADERS.matcher(block.group(2));
      int start = headers.lookingAt() ? headers.end() : 0;
      String data = block.group(2).substring(start).replaceAll("\\s", "");
      try {
        blocks.add(
            new Block(
                block.group(1),
                block.group(2).substring(0, start),
                Base64.getDecoder().decode(data)));
      } catch (IllegalArgumentException e) {
        throw new TlsException(
            name + " is damaged within its block " + block.group(1) + "; copy it anew", e);
      }
    }
    return blocks;
  }
}
