package io.ehcached.replication.security;

import io.ehcached.address.AddressText;
import io.ehcached.replication.security.Secret.Purpose;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/**
 * The first bytes of a connection between nodes that share a secret. Each end proves to the other
 * that it knows the secret, without sending the secret.
 *
 * <pre>
 *   client: "EHP1", client's {@link Nonce} (32)
 *   server: "EHP1", server's nonce (32)
 *   client: called (between nodes of 1.1: address length (1), address, port (2); else nothing),
 *           code(CLIENT, client's nonce, server's nonce, called)
 *   server: code(SERVER, client's nonce, server's nonce, called)
 * </pre>
 *
 * <p>Fresh nonces of both ends make a recorded exchange worthless. The two codes have keys of their
 * own, so that neither end can be used to answer its own question. The called address makes an
 * exchange worthless that somebody passes on from one connection to another. The client sends its
 * code first: a stranger who connects receives nothing to test guessed secrets against.
 */
public final class SecretProof {
  private static final int MAGIC = 0x45485031; // EHP1, of which 1 is the major version
  private static final int VERSION = 0xFF;
  private static final int LENGTH_4 = 4; // of an address of IPv4, and of one of IPv6
  private static final int LENGTH_6 = 16;
  private static final byte[] NOTHING = {};
  private static final String SAME_SECRET = " (is the same secret file configured on both nodes?)";
  private static final String CLOSED =
      "it closed the connection unproved"
          + SAME_SECRET
          + ", or the called address is not its hostName: see its log";

  private SecretProof() {}

  /**
   * Proves the calling end of a connection to the called one, and the other way round.
   *
   * @param called the address that was called; the other end must have it
   * @throws PeerProofException when the other end did not prove itself
   * @throws IOException when the connection broke
   */
  public static void client(
      Secret secrets, InetSocketAddress called, InputStream in, OutputStream out)
      throws IOException {
    Secret secret = secrets.own(); // one for all of the proof, though it may change meanwhile
    boolean sharesSecret = true; // as far as is known
    try {
      Nonce mine = Nonce.marked(secret);
      hello(mine, out);
      Nonce theirs = readHello(in);
      sharesSecret = theirs.isMarkedBy(secret);
      byte[] address = sharesSecret ? encode(called) : NOTHING;
      out.write(address);
      out.write(secret.code(Purpose.CLIENT, mine.bytes(), theirs.bytes(), address));
      out.flush();
      check(secret.code(Purpose.SERVER, mine.bytes(), theirs.bytes(), address), in);
    } catch (EOFException e) {
      // Only nodes of 1.0 with this secret do not mark; they close no connection that is proved.
      throw sharesSecret ? new PeerProofException(CLOSED, false) : PeerProofException.otherSecret();
    }
  }

  /**
   * As {@link #client}, for the called end.
   *
   * @param own the addresses of this end by which it may have been called
   * @return the secret by which the other end has proved itself
   */
  public static Secret server(
      Secret secrets, Collection<InetSocketAddress> own, InputStream in, OutputStream out)
      throws IOException {
    try {
      Nonce theirs = readHello(in);
      List<Secret> accepted = secrets.accepted();
      Secret marker = accepted.stream().filter(theirs::isMarkedBy).findFirst().orElse(null);
      boolean marked = marker != null;
      // A mark is a code, too: it is shown only to those who have shown one.
      Nonce mine = marked ? Nonce.marked(marker) : Nonce.plain();
      hello(mine, out);
      byte[] address = marked ? readAddress(in) : NOTHING;
      byte[] code = readCode(in);
      Secret secret = null;
      for (Secret one : marked ? List.of(marker) : accepted) {
        if (Secret.same(one.code(Purpose.CLIENT, theirs.bytes(), mine.bytes(), address), code)) {
          secret = one;
        }
      }
      if (secret == null) {
        throw PeerProofException.otherSecret();
      }
      if (marked) {
        checkOwn(decode(address), own);
      }
      out.write(secret.code(Purpose.SERVER, theirs.bytes(), mine.bytes(), address));
      out.flush();
      return secret;
    } catch (EOFException e) {
      throw new PeerProofException("it closed the connection unproved" + SAME_SECRET, false);
    }
  }

  private static void hello(Nonce nonce, OutputStream out) throws IOException {
    out.write(
        ByteBuffer.allocate(Integer.BYTES + Nonce.LENGTH).putInt(MAGIC).put(nonce.bytes()).array());
    out.flush();
  }

  private static Nonce readHello(InputStream in) throws IOException {
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
    byte[] nonce = new byte[Nonce.LENGTH];
    data.readFully(nonce);
    return new Nonce(nonce);
  }

  private static void check(byte[] expected, InputStream in) throws IOException {
    if (!Secret.same(expected, readCode(in))) {
      throw PeerProofException.otherSecret();
    }
  }

  private static byte[] readCode(InputStream in) throws IOException {
    byte[] code = new byte[Secret.CODE_LENGTH];
    new DataInputStream(in).readFully(code);
    return code;
  }

  static byte[] encode(InetSocketAddress called) {
    byte[] address = called.getAddress().getAddress();
    return ByteBuffer.allocate(1 + address.length + Short.BYTES)
        .put((byte) address.length)
        .put(address)
        .putShort((short) called.getPort())
        .array();
  }

  private static byte[] readAddress(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int length = data.readUnsignedByte();
    if (length != LENGTH_4 && length != LENGTH_6) {
      throw new PeerProofException("it names a called address that is none", true);
    }
    byte[] bytes = new byte[1 + length + Short.BYTES];
    bytes[0] = (byte) length;
    data.readFully(bytes, 1, bytes.length - 1);
    return bytes;
  }

  private static InetSocketAddress decode(byte[] called) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(called);
    byte[] address = new byte[in.get()];
    in.get(address);
    return new InetSocketAddress(
        InetAddress.getByAddress(address), Short.toUnsignedInt(in.getShort()));
  }

  private static void checkOwn(InetSocketAddress called, Collection<InetSocketAddress> own)
      throws PeerProofException {
    if (!own.contains(called)) {
      String address = AddressText.of(called.getAddress());
      throw new PeerProofException(
          "it called "
              + address
              + " port "
              + called.getPort()
              + ", which is not this node's address, so somebody passes the connection on. Where"
              + " that is your router, set hostName to "
              + address
              + " here, or use TLS",
          true);
    }
  }
}
