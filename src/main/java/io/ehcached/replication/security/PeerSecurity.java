package io.ehcached.replication.security;

import io.ehcached.replication.settings.PeerSettingsException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Set;

/**
 * How peers prove to each other that they are peers: not at all, by a secret that they share, or by
 * certificates. Which of these it is never changes; what is in the files may, and is then read
 * again. Safe for use by many threads.
 */
public final class PeerSecurity {
  private static final PeerSecurity NONE = new PeerSecurity(null, null);

  private final Secret secret;
  private final PeerTls tls;
  private volatile int generation;

  private PeerSecurity(Secret secret, PeerTls tls) {
    this.secret = secret;
    this.tls = tls;
  }

  /** Returns that nobody proves anything. */
  public static PeerSecurity none() {
    return NONE;
  }

  /**
   * Returns that peers show that they know what is in a file.
   *
   * @throws PeerSettingsException when the file cannot be read or its secret could be guessed
   */
  public static PeerSecurity fromSecretFile(Path file) {
    return new PeerSecurity(Secret.read(file), null);
  }

  /**
   * Returns that peers show certificates, and speak TLS.
   *
   * @throws PeerSettingsException when a file cannot be used
   */
  public static PeerSecurity tls(TlsFiles files) {
    return new PeerSecurity(null, PeerTls.load(files));
  }

  /**
   * Returns what this and {@code other} are together: with both, connections are proved by TLS and
   * heartbeats by the secret.
   *
   * @throws PeerSettingsException when they contradict each other
   */
  public PeerSecurity and(PeerSecurity other) {
    if (secret != null && other.secret != null && !secret.isSameAs(other.secret)) {
      throw new PeerSettingsException(
          "Two different secrets are given for the peers: name one secretFile only, in"
              + " cacheManagerPeerListenerFactory or on the command line");
    }
    if (tls != null && other.tls != null && !tls.files().equals(other.tls.files())) {
      throw new PeerSettingsException(
          "Two different sets of TLS files are given for the peers: name one only, in"
              + " cacheManagerPeerListenerFactory or on the command line");
    }
    return new PeerSecurity(secret == null ? other.secret : secret, tls == null ? other.tls : tls);
  }

  /** Tells whether peers have to prove themselves. */
  public boolean provesPeers() {
    return secret != null || tls != null;
  }

  /** Returns the secret, or null. */
  public Secret secret() {
    return secret;
  }

  /** Returns TLS, or null. */
  public PeerTls tls() {
    return tls;
  }

  /** What changed when the files were read again. */
  public enum Change {
    /** Nothing. */
    NONE,
    /** What this node proves itself by, or who else is accepted. */
    ADDED,
    /** The same; and others are no longer accepted. */
    REMOVED
  }

  /**
   * Reads the files again.
   *
   * @throws PeerSettingsException when one cannot be used; what it holds has not changed then
   */
  public synchronized Change refresh() {
    List<Secret> secrets = secret == null ? List.of() : secret.accepted();
    Set<Certificate> trusted = tls == null ? Set.of() : tls.trusted();
    boolean changed = secret != null && secret.refresh();
    changed |= tls != null && tls.refresh();
    if (!changed) {
      return Change.NONE;
    }
    generation++;
    boolean all =
        secrets.stream().allMatch(one -> secret.accepts(one))
            && (tls == null || tls.trusted().containsAll(trusted));
    return all ? Change.ADDED : Change.REMOVED;
  }

  /** Returns a number that grows whenever the files were found to hold something else. */
  public int generation() {
    return generation;
  }

  /** Returns what is accepted, for the log: how many secrets, and how many authorities. */
  public String accepted() {
    String secrets = secret == null ? "" : secret.count() + " secrets";
    String authorities = tls == null ? "" : tls.trusted().size() + " authorities";
    return secrets + (secret == null || tls == null ? "" : " and ") + authorities;
  }
}
