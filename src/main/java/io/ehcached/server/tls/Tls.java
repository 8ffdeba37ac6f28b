package io.ehcached.server.tls;

import io.ehcached.admin.Counters;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as this node speaks it with clients. Its files can be read again while it is in use: clients
 * that connect from then on see the new certificate, those that are there keep the old one.
 */
public final class Tls {
  /** On a listener's connections: the TLS that they speak; absent where they speak none. */
  public static final AttributeKey<Tls> KEY = AttributeKey.valueOf(Tls.class, "tls");

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  /** How long a client may take for the handshake. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private final TlsSettings settings;
  private final TlsProvider fastest;
  private final Duration handshake;
  private final HandshakeLog handshakeLog = new HandshakeLog(System::nanoTime);
  private final ChannelGroup unfinished =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private Credentials credentials;
  private SslContext context;
  private volatile TlsProvider provider;
  private volatile long loadedNanos;

  private Tls(TlsSettings settings, TlsProvider fastest, Duration handshake) {
    this.settings = settings;
    this.fastest = fastest;
    this.handshake = handshake;
  }

  /**
   * Reads the files.
   *
   * @throws TlsException when one cannot be used, or something else asked for is not to be had
   */
  public static Tls open(TlsSettings settings, TlsProvider provider) throws TlsException {
    return open(settings, provider, HANDSHAKE);
  }

  static Tls open(TlsSettings settings, TlsProvider provider, Duration handshake)
      throws TlsException {
    // A client that asks for one handshake after the other keeps the node from its work. Read once
    // by the JDK, before its first handshake; BoringSSL refuses by itself.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    Tls tls = new Tls(settings, provider, handshake);
    tls.load();
    return tls;
  }

  /**
   * Reads the files again.
   *
   * @throws TlsException when one cannot be used; all is then as it was
   */
  public void refresh() throws TlsException {
    load();
    LOG.info("new certificates are in use: {}", certificate());
    warn();
  }

  private void load() throws TlsException {
    Credentials loaded = Credentials.load(settings);
    TlsProvider able = fastest.ableToUse(loaded.key());
    SslContext made = context(settings, loaded, able);
    synchronized (this) {
      ReferenceCountUtil.release(context); // connections hold on to it by themselves
      context = made;
      provider = able;
      credentials = loaded;
    }
    loadedNanos = System.nanoTime();
  }

  private static SslContext context(TlsSettings settings, Credentials loaded, TlsProvider provider)
      throws TlsException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(loaded.key(), loaded.chain())
              .sslProvider(provider.netty())
              .protocols(settings.protocols())
              .clientAuth(settings.clientCertificates().netty());
      if (settings.clientCertificates() != ClientCertificates.NOT_ASKED) {
        builder.trustManager(loaded.authorities());
      }
      if (!settings.ciphers().isEmpty()) {
        builder.ciphers(Ciphers.of(settings.ciphers(), provider));
      }
      SslContext made = builder.build();
      if (made.sessionContext() instanceof OpenSslSessionContext sessions) {
        sessions.setSessionCacheEnabled(settings.resumption());
      }
      return made;
    } catch (SSLException | IllegalArgumentException e) {
      throw new TlsException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** Puts TLS in front of what is in a new connection's pipeline or will be. */
  public void addTo(Channel channel, Counters.Cell counters) {
    SslHandler handler = newHandler(channel.alloc());
    if (!settings.resumption()) {
      Resumption.refuse(handler.engine());
    }
    handler.setHandshakeTimeoutMillis(handshake.toMillis());
    channel.pipeline().addLast(handler, new TlsClient(handler, unfinished, handshakeLog, counters));
  }

  private synchronized SslHandler newHandler(ByteBufAllocator allocator) {
    return context.newHandler(allocator);
  }

  /** Hangs up on those who have not finished their handshakes: they are owed nothing. */
  public void closeUnfinished() {
    ChannelGroupFuture unused = unfinished.close();
  }

  int unfinished() {
    return unfinished.size();
  }

  /** Gives back native memory; nobody may connect any more. */
  public synchronized void close() {
    ReferenceCountUtil.release(context);
    context = null;
  }

  /** Returns who encrypts. */
  public TlsProvider provider() {
    return provider;
  }

  /** Tells whether a client's next connection may go on where the last one was. */
  public boolean resumesSessions() {
    return settings.resumption() || provider == TlsProvider.JDK;
  }

  /** Returns how long ago the certificates in use were read. */
  public long secondsSinceLoaded() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - loadedNanos);
  }

  /** Returns what is in effect, in one line for the log. */
  public String describe() {
    return "TLS by "
        + provider.version()
        + (settings.oldestVersion() > 2 ? ", version 1.3" : ", version 1.2 or 1.3")
        + ", certificate "
        + certificate()
        + switch (settings.clientCertificates()) {
          case NOT_ASKED -> "";
          case OPTIONAL -> "; clients' certificates are checked where they have one";
          case REQUIRED -> "; clients need a certificate of " + settings.caCert();
        };
  }

  private synchronized String certificate() {
    return Credentials.subject(credentials.chain().get(0))
        + " valid until "
        + credentials.validUntil();
  }

  /** Warns of a certificate that clients will not take. */
  public synchronized void warn() {
    String concern = credentials.concern(Instant.now());
    if (concern != null) {
      LOG.warn(
          "the certificate in {} {}: clients that verify it will not connect; replace it and send refresh_certs",
          settings.chainCert(),
          concern);
    }
  }
}
