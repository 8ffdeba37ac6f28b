package io.ehcached.node.settings;

import io.ehcached.files.Permissions;
import io.ehcached.options.ServerOptions;
import io.ehcached.replication.network.PeerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that hold secrets, passwords and keys, and whether others than the node's user and
 * group can read them.
 */
public final class PrivateFiles {
  private PrivateFiles() {}

  /**
   * Returns a line for each file that everybody can read or write.
   *
   * @param peers how peers are reached; null where there are none
   */
  public static List<String> faults(ServerOptions options, PeerSettings peers) {
    Map<Path, String> files = new LinkedHashMap<>(); // a file may be named twice
    options.features().users().ifPresent(file -> files.put(file, "-Y"));
    options.node().peerSecret().ifPresent(file -> files.put(file, "--peer-secret"));
    options
        .tls()
        .ifPresent(
            tls ->
                files.put(
                    tls.key().orElse(tls.chainCert()),
                    tls.key().isPresent() ? "ssl_key" : "ssl_chain_cert, which has the key"));
    if (peers != null) {
      for (String name : List.of("secretFile", "tlsKeyStore", "tlsPasswordFile")) {
        String file = peers.proofs().byProperty().get(name);
        if (file != null) {
          files.putIfAbsent(Path.of(file), name);
        }
      }
    }
    List<String> faults = new ArrayList<>();
    files.forEach(
        (file, name) -> {
          if (Permissions.includeOthers(file)) {
            faults.add(
                name
                    + " "
                    + file
                    + ": everybody on this machine can read or write it; write: chmod o= "
                    + file);
          }
        });
    return faults;
  }
}
