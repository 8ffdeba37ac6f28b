package io.ehcached.replication.link;

import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.replication.wire.OtherVersionException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A region of this node, called by peers. */
final class ExportedRegion implements RemoteRegion {
  private static final Logger LOG = LoggerFactory.getLogger(ExportedRegion.class);

  private final String name;
  private final FrameHandler handler;

  ExportedRegion(String name, FrameHandler handler) {
    this.name = name;
    this.handler = handler;
  }

  @Override
  public byte[] exchange(byte[] frame) {
    if (frame == null) {
      return CallResult.failed("there is no frame");
    }
    try {
      return CallResult.served(handler.handle(frame));
    } catch (OtherVersionException e) {
      return CallResult.otherVersion(e.getMessage());
    } catch (IOException e) {
      return CallResult.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("A frame for region {} could not be served", name, e);
      return CallResult.failed("fault in the peer: " + e);
    }
  }
}
