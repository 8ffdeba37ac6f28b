package io.ehcached.replication.security;

import io.ehcached.replication.security.Secret.Purpose;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The first bytes of a connection between nodes that share a secret: each end shows the other that
 * it knows the secret, and does not show the secret.
 *
 * <pre>
 *   client: "EHP1", client's nonce (32)
 *   server: "EHP1", server's nonce (32)
 *   client: code(CLIENT, client's nonce, server's nonce)
 *   server: code(SERVER, client's nonce, server's nonce)
 * </pre>
 *
 * <p>Fresh nonces of both ends make a recorded exchange worthless, and the two codes have keys of
 * their own, so that neither end can be used to answer its own question. The client goes first with
 * its code: a stranger who connects gets nothing to guess secrets by.
 */
public final class SecretProof {
  private static final int MAGIC = 0x45485031; // EHP1, of which 1 is the version
  private static final int VERSION = 0xFF;
  private static final int NONCE_LENGTH = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SAME_SECRET = " (is the same secret file configured on both nodes?)";

  private SecretProof() {}

  /**
   * Proves the calling end of a connection to the called one, and the other way round.
   *
   * @throws PeerProofException when the other end did not prove itself
   * @throws IOException when the connection broke
   */
  public static void client(Secret secret, InputStream in, OutputStream out) throws IOException {
    try {
      byte[] mine = hello(out);
      byte[] theirs = readHello(in);
      out.write(secret.code(Purpose.CLIENT, mine, theirs));
      out.flush();
      check(secret.code(Purpose.SERVER, mine, theirs), in);
    } catch (EOFException e) {
      throw new PeerProofException("it closed the connection unproved" + SAME_SECRET, false);
    }
  }

  /** As {@link #client}, for the called end. */
  public static void server(Secret secret, InputStream in, OutputStream out) throws IOException {
    try {
      byte[] theirs = readHello(in);
      byte[] mine = hello(out);
      check(secret.code(Purpose.CLIENT, theirs, mine), in);
      out.write(secret.code(Purpose.SERVER, theirs, mine));
      out.flush();
    } catch (EOFException e) {
      throw new PeerProofException("it closed the connection unproved" + SAME_SECRET, false);
    }
  }

  private static byte[] hello(OutputStream out) throws IOException {
    byte[] nonce = new byte[NONCE_LENGTH];
    RANDOM.nextBytes(nonce);
    out.write(ByteBuffer.allocate(Integer.BYTES + NONCE_LENGTH).putInt(MAGIC).put(nonce).array());
    out.flush();
    return nonce;
  }

  private static byte[] readHello(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int magic = data.readInt();
    if ((magic & ~VERSION) == (MAGIC & ~VERSION) && magic != MAGIC) {
      throw new PeerProofException(
          "it proves itself in a version that this node does not know: bring both nodes to releases"
              + " with the same first number",
          true);
    }
    if (magic != MAGIC) {
      throw new PeerProofException("it does not begin with a proof" + SAME_SECRET, true);
    }
    byte[] nonce = new byte[NONCE_LENGTH];
    data.readFully(nonce);
    return nonce;
  }

  private static void check(byte[] expected, InputStream in) throws IOException {
    byte[] code = new byte[Secret.CODE_LENGTH];
    new DataInputStream(in).readFully(code);
    if (!Secret.same(expected, code)) {
      throw new PeerProofException("it has another secret" + SAME_SECRET, true);
    }
  }
}
